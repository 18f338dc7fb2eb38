//! What `#[squall::main]` makes of a function: its command line, its environment, its end.

#[path = "program/arguments.rs"]
mod arguments;
#[path = "program/child.rs"]
mod child;
#[path = "program/connection.rs"]
mod connection;
#[path = "program/environment.rs"]
mod environment;
#[path = "program/forms.rs"]
mod forms;
#[path = "program/stop.rs"]
mod stop;
