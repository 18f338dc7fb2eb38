//! A library whose handlers its program compiles once more.

mod handlers;
