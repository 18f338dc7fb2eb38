//! What the server owns and a request may ask for: the application's state, by type.

use std::any::{Any, TypeId};
use std::sync::Arc;

use crate::request::Tasks;

/// The state one group of routes sees: its own, then the application's.
pub(crate) struct Context {
    // A handful of entries at most: a scan is faster than hashing.
    state: Vec<(TypeId, Arc<dyn Any + Send + Sync>)>,
    tasks: Tasks,
}

impl Context {
    /// Without state yet; detached verbs are counted there.
    pub(crate) fn new(tasks: Tasks) -> Self {
        Self { state: Vec::new(), tasks }
    }

    /// Where detached verbs are counted.
    pub(crate) fn tasks(&self) -> Tasks {
        self.tasks.clone()
    }

    /// Adds a value; an earlier one of the same type is kept, so the nearest provider comes first.
    pub(crate) fn provide(&mut self, id: TypeId, value: Arc<dyn Any + Send + Sync>) {
        if !self.provides(id) {
            self.state.push((id, value));
        }
    }

    /// Whether there is a value of this type.
    pub(crate) fn provides(&self, id: TypeId) -> bool {
        self.state.iter().any(|(known, _)| *known == id)
    }

    /// The value of type `T`.
    pub(crate) fn state<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let (_, value) = self.state.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok()
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Context({} values)", self.state.len())
    }
}
