//! The fields of a struct with `#[derive(FromMultipart)]`: what a part is read into, and what is wrong with it.

use std::borrow::Cow;
use std::pin::Pin;

use crate::extract::multipart::{Multipart, MultipartRejection, Part, UploadedFile};
use crate::extract::{FromRequest, Many, One, Optional, Param};
use crate::request::Request;
use crate::response::{Faults, Place};

/// How large a text may be where its field says nothing: 64 KiB.
const TEXT: u64 = 64 * 1024;

/// How much is repeated of a name that the form does not know.
const REPEATED: usize = 100;

/// One part as a value: an [`UploadedFile`], or text that a [`Param`] is read from.
///
/// It is implemented for these by squall; give your own type [`Param`].
pub trait FromPart: Sized + Send {
    /// Reads the part. `Ok(Ok(None))` where it says nothing: no text, or no file chosen. `Ok(Err(detail))` where it is
    /// not right; an error where the form cannot be read on.
    fn from_part(
        part: Part<'_>,
        limit: Option<u64>,
    ) -> impl Future<Output = Result<Result<Option<Self>, Cow<'static, str>>, MultipartRejection>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T: Param + Send> FromPart for T {
    async fn from_part(
        part: Part<'_>,
        limit: Option<u64>,
    ) -> Result<Result<Option<Self>, Cow<'static, str>>, MultipartRejection> {
        let bytes = part.limit(limit.unwrap_or(TEXT)).bytes().await?;
        let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(Err("is not UTF-8".into())) };
        Ok(match T::from_param(text) {
            Ok(value) => Ok(Some(value)),
            Err(_) if text.is_empty() => Ok(None),
            Err(detail) => Err(detail.into()),
        })
    }
}

impl FromPart for UploadedFile {
    async fn from_part(
        part: Part<'_>,
        limit: Option<u64>,
    ) -> Result<Result<Option<Self>, Cow<'static, str>>, MultipartRejection> {
        let file = Self::read(part.limit(limit.unwrap_or(u64::MAX))).await?;
        // What a browser sends where no file was chosen.
        let is_chosen = !file.is_empty() || file.raw_file_name().is_none_or(|name| !name.is_empty());
        Ok(Ok(is_chosen.then_some(file)))
    }
}

/// The type of a field of a form with parts: a text or a file, `Option` of one, or `Vec` of one.
///
/// It is implemented for these by squall; give your own type [`Param`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a part of a form",
    label = "not a type for a field of a form",
    note = "it takes `T`, `Option<T>` or `Vec<T>` where `T` is `squall::UploadedFile` or has `std::str::FromStr` and `std::fmt::Display`",
    note = "derive `squall::Param` for a plain enum, and write `squall::UploadedFile` for bytes"
)]
pub trait PartInput<M>: Sized + Send {
    /// Reads a part into its field.
    fn take<'a>(slot: &'a mut PartSlot<Self>, part: Part<'a>) -> Taking<'a>;

    /// What a form without it means, where the type can do without.
    fn absent() -> Option<Self>;
}

/// A part that is being read into a field.
pub(crate) type Taking<'a> = Pin<Box<dyn Future<Output = Result<(), MultipartRejection>> + Send + 'a>>;

/// How a field of type `T` is read.
pub type TakePart<T> = for<'a> fn(&'a mut PartSlot<T>, Part<'a>) -> Taking<'a>;

/// A field while its form is read.
#[derive(Debug)]
pub struct PartSlot<T> {
    value: Option<T>,
    fault: Option<Cow<'static, str>>,
    is_taken: bool,
    limit: Option<u64>,
}

impl<T> PartSlot<T> {
    /// A field that nothing has come for, and what its attribute allows a part of it.
    pub fn new(limit: Option<u64>) -> Self {
        Self { value: None, fault: None, is_taken: false, limit }
    }

    /// Reads the one part that a field takes.
    async fn take_one<P: FromPart>(
        &mut self,
        part: Part<'_>,
        into: fn(Option<P>) -> Option<T>,
    ) -> Result<(), MultipartRejection> {
        if std::mem::replace(&mut self.is_taken, true) {
            self.fault = Some("is given more than once".into());
            return Ok(());
        }
        match P::from_part(part, self.limit).await? {
            Ok(value) => self.value = into(value),
            Err(detail) => self.fault = Some(detail),
        }
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromPart> PartInput<One> for T {
    fn take<'a>(slot: &'a mut PartSlot<Self>, part: Part<'a>) -> Taking<'a> {
        Box::pin(slot.take_one(part, |value| value))
    }

    fn absent() -> Option<Self> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromPart> PartInput<Optional> for Option<T> {
    fn take<'a>(slot: &'a mut PartSlot<Self>, part: Part<'a>) -> Taking<'a> {
        Box::pin(slot.take_one(part, Some))
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromPart> PartInput<Many> for Vec<T> {
    fn take<'a>(slot: &'a mut PartSlot<Self>, part: Part<'a>) -> Taking<'a> {
        Box::pin(async move {
            match T::from_part(part, slot.limit).await? {
                Ok(value) => slot.value.get_or_insert_default().extend(value),
                Err(detail) => slot.fault = Some(detail),
            }
            Ok(())
        })
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Begins to read a form.
pub async fn begin_form(request: &mut Request, parts: Option<usize>) -> Result<Multipart, MultipartRejection> {
    let form = Multipart::from_request(request).await?;
    Ok(match parts {
        Some(parts) => form.max_parts(parts),
        None => form,
    })
}

/// Passes a part over that the form does not have; where that is a fault, the form says so.
pub fn strange_part(part: &Part<'_>, is_denied: bool, faults: &mut Faults) {
    if is_denied {
        let name: String = part.name().chars().take(REPEATED).collect();
        faults.unreadable(Place::Body, name, "is no field of this form");
    }
}

/// A field as it was read, or what stands for it when it is absent; `None` when that is a fault.
pub fn taken_part<T>(
    slot: PartSlot<T>,
    name: &'static str,
    absent: fn() -> Option<T>,
    faults: &mut Faults,
) -> Option<T> {
    let detail = match (slot.fault, slot.value.or_else(absent)) {
        (None, Some(value)) => return Some(value),
        (None, None) => "is missing".into(),
        (Some(detail), _) => detail,
    };
    faults.unreadable(Place::Body, name, detail);
    None
}
