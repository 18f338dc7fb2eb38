//! A crate whose handlers another program mounts.
