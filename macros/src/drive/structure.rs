//! `#[handler("/path")]` on a struct.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ItemStruct, Visibility};

use crate::check::{check_generics, check_inputs};
use crate::errors::Errors;
use crate::expand::{callback, inputs, inputs_stub};
use crate::model::{Declaration, Input, Owner, body_limit, fields_of, path_of, resolve, scope_of, shared_options};
use crate::parse::{Arguments, SHARED_OPTIONS, is_helper, lengthened, split_name, strip_fields};

pub(super) fn declare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let known = [SHARED_OPTIONS.as_slice(), &["crate", "in", "register"]].concat();
    let mut arguments = Arguments::parse(arguments, &known, &errors);
    let runtime = arguments.runtime(&errors);
    let name = split_name(&item).and_then(|(_, name)| name);
    let parsed = errors.keep(syn::parse2::<ItemStruct>(item.clone()));
    let is_plain = parsed.as_ref().is_none_or(|item| item.generics.params.is_empty());
    let declaration = parsed.and_then(|item| model(&runtime, arguments, item, &errors));
    let is_right = !errors.any();
    let item = strip_fields(item);
    let item = if is_right { item } else { lengthened(item) };
    let faults = errors.into_tokens();
    let generated = match (declaration, name) {
        (Some(declaration), _) if is_right => expand(&declaration),
        (declaration, Some(name)) => {
            let inputs = declaration.as_ref().map(|declaration| declaration.inputs.as_slice());
            stub(&runtime, &name, is_plain, inputs)
        }
        (_, None) => TokenStream::new(),
    };
    quote!(#item #faults #generated)
}

fn model(runtime: &TokenStream, mut arguments: Arguments, item: ItemStruct, errors: &Errors) -> Option<Declaration> {
    check_generics(&item.generics, errors);
    if let Some(second) = item.attrs.iter().find(|attribute| is_helper(attribute, &["handler"])) {
        errors.at(second, "a struct has one path: write a second struct for another");
    }
    let register = arguments.flag("register", true, errors);
    let scope = scope_of(&mut arguments, errors);
    let mut shared = shared_options(&mut arguments, errors);
    shared.body_limit = body_limit(&mut arguments, errors);
    let path = path_of(&mut arguments, "handler", &item.ident, errors);
    let candidates = fields_of(item.fields, "`{ id: u64 }`", errors)?;
    let path = path?;
    let inputs = resolve(&path, &candidates, Owner::Struct, errors);
    if item.generics.params.is_empty() {
        check_inputs(&inputs, errors);
    }
    let (ident, visibility) = (item.ident, item.vis);
    Some(Declaration { runtime: runtime.clone(), ident, visibility, path, inputs, register, scope, host: None, shared })
}

fn expand(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, visibility, path, register, scope, .. } = declaration;
    let normal = path.pattern.normal_form();
    // The prefix of a scope is not seen here: the launch check tells duplicates among scopes.
    let claimed = if *register && scope.is_none() { quote!(#normal) } else { quote!(_) };
    let callback = callback(runtime, ident, visibility, Some(&claimed));
    let inputs = inputs(declaration);
    // A struct without verbs is a fault, and its name is the place to show it.
    let handler = quote_spanned!(ident.span()=> <#ident as #runtime::__private::Handler>::ROUTES);
    quote! {
        #inputs
        #callback
        #[allow(deprecated, unused_qualifications)]
        const _: &[#runtime::__private::Route] = #handler;
    }
}

fn stub(runtime: &TokenStream, name: &Ident, is_plain: bool, inputs: Option<&[Input]>) -> TokenStream {
    let visibility: Visibility = syn::parse_quote!(pub(crate));
    let callback = callback(runtime, name, &visibility, None);
    let inputs = is_plain.then(|| inputs_stub(runtime, name, inputs));
    quote!(#inputs #callback)
}
