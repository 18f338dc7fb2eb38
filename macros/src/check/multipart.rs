//! What a form with parts may not be.

use crate::check::types::check_owned;
use crate::errors::Errors;
use crate::model::Form;

/// Each field owns what it is read into, and no two are the same part.
pub(crate) fn check_form(form: &Form, errors: &Errors) {
    let mut seen: Vec<&str> = Vec::new();
    for field in &form.fields {
        // One under a condition may be there when the other is not.
        if !check_owned(&field.ty, errors) || !field.cfg.is_empty() {
            continue;
        }
        if seen.contains(&field.name.as_str()) {
            errors.at(
                &field.ident,
                format!(
                    "two fields are the part `{}`: keep one, or write `#[part(name = \"..\")]` before one",
                    field.name
                ),
            );
        }
        seen.push(&field.name);
    }
}
