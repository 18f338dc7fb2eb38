//! The values that extractors keep for the other arguments of one request.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// One value a type; without an allocation until there is one.
#[derive(Clone, Default)]
pub(crate) struct Kept(Option<Arc<Mutex<Values>>>);

type Values = Vec<Box<dyn Any + Send>>;

impl Kept {
    pub(crate) fn get<T: 'static>(&self, copy: fn(&T) -> Option<T>) -> Option<T> {
        let values = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        values.iter().find_map(|value| value.downcast_ref::<T>()).and_then(copy)
    }

    pub(crate) fn put<T: Send + 'static>(&mut self, value: T) {
        let values = self.0.get_or_insert_default();
        let mut values = values.lock().unwrap_or_else(PoisonError::into_inner);
        values.retain(|value| !value.is::<T>());
        values.push(Box::new(value));
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}
