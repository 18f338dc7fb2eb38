//! What the server owns and a request may ask for: the application's state, by type.

use std::any::{Any, TypeId};
use std::sync::{Arc, OnceLock};

use crate::request::{Background, Tasks};

/// The state one group of routes sees: its own, then the application's.
pub(crate) struct Context {
    // A handful of entries at most: a scan is faster than hashing.
    state: Vec<(TypeId, Slot)>,
    shared: Shared,
}

/// A shared value, there from the beginning or from the start on.
#[derive(Clone)]
pub(crate) enum Slot {
    Given(Arc<dyn Any + Send + Sync>),
    AtStart(Arc<OnceLock<Arc<dyn Any + Send + Sync>>>),
}

/// What all contexts of one application share.
#[derive(Clone, Default)]
pub(crate) struct Shared {
    /// The detached verbs that are running.
    pub(crate) tasks: Tasks,
    /// The finishes that are running.
    pub(crate) finishing: Tasks,
    /// What runs beside the requests.
    pub(crate) background: Background,
}

impl Shared {
    /// Waits for what runs on after its request.
    pub(crate) async fn settled(&self) {
        self.tasks.ended().await;
        self.finishing.ended().await;
    }
}

impl Context {
    /// Without state yet.
    pub(crate) fn new(shared: Shared) -> Self {
        Self { state: Vec::new(), shared }
    }

    /// Where detached verbs are counted.
    pub(crate) fn tasks(&self) -> Tasks {
        self.shared.tasks.clone()
    }

    /// Where finishes are counted.
    pub(crate) fn finishing(&self) -> Tasks {
        self.shared.finishing.clone()
    }

    /// What runs beside the requests.
    pub(crate) fn background(&self) -> &Background {
        &self.shared.background
    }

    /// Adds a value; an earlier one of the same type is kept, so the nearest provider comes first.
    pub(crate) fn provide(&mut self, id: TypeId, value: Slot) {
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
        let (_, slot) = self.state.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
        let value = match slot {
            Slot::Given(value) => value,
            Slot::AtStart(value) => value.get()?,
        };
        Arc::clone(value).downcast().ok()
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Context({} values)", self.state.len())
    }
}
