#![no_implicit_prelude]
#![forbid(unsafe_code)]

mod renamed {
    pub use ::squall;
}

#[derive(renamed::squall::FromMultipart)]
#[multipart(crate = renamed::squall)]
struct Form {
    #[part(length = 1..=8)]
    form: ::std::string::String,
    request: ::std::option::Option<u8>,
    #[part(range = 1..=8)]
    part: ::std::vec::Vec<u8>,
    faults: renamed::squall::UploadedFile,
}

macro_rules! form {
    ($name:ident { $($field:ident: $type:ty),* }) => {
        #[derive(renamed::squall::FromMultipart)]
        #[multipart(crate = renamed::squall)]
        struct $name {
            $($field: $type),*
        }
    };
}

form!(Made { text: ::std::string::String, list: ::std::vec::Vec<bool> });

fn takes<T: renamed::squall::FromRequest>() {}

fn main() {
    takes::<Form>();
    takes::<Made>();
    let read = |form: Form| (form.form, form.request, form.part, form.faults);
    let _ = read;
    let _ = |made: Made| (made.text, made.list);
}
