//! `#[squall::main]` and `#[squall::app]`: the function that builds the application, tied to its package.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{ReturnType, Signature, Type, Visibility};

use crate::parse::Function;

/// What the attribute says, and what the manifest does.
pub(crate) struct Program {
    pub(crate) runtime: TokenStream,
    pub(crate) args: bool,
    pub(crate) check_test: bool,
    /// The package's library, to be linked so that its handlers are registered.
    pub(crate) library: Option<Ident>,
}

/// The function whose every call resolves `Application::new()` to this package.
pub(crate) fn app(runtime: &TokenStream, function: &Function) -> TokenStream {
    let Function { attributes, visibility, signature, body } = function;
    let function = wrapped(runtime, &quote!(#(#attributes)*), visibility, signature, signature, body);
    // What `#[squall::main]` asks of a result, asked here as well; a result without a name is left alone.
    let proof = match &signature.output {
        ReturnType::Type(_, ty) if !matches!(**ty, Type::ImplTrait(_)) => {
            let private = quote!(#runtime::__private);
            quote! {
                const _: fn(#ty) -> ::core::result::Result<#private::Application, #private::String> =
                    <#ty as #private::Built>::built;
            }
        }
        _ => TokenStream::new(),
    };
    quote!(#function #proof)
}

fn wrapped(
    runtime: &TokenStream,
    attributes: &TokenStream,
    visibility: &Visibility,
    outer: &Signature,
    inner: &Signature,
    body: &TokenTree,
) -> TokenStream {
    let private = quote!(#runtime::__private);
    let package = package(runtime);
    let name = &inner.ident;
    // The body stays a function of its own, so that `?` and `return` mean what they meant.
    let call = if outer.asyncness.is_some() {
        quote!(#private::enter(#package, #name()).await)
    } else {
        quote!(#private::block(#package, #name))
    };
    quote! {
        #attributes
        #visibility #outer {
            #inner #body
            #call
        }
    }
}

fn package(runtime: &TokenStream) -> TokenStream {
    quote! {
        #runtime::__private::Package {
            directory: ::core::env!("CARGO_MANIFEST_DIR"),
            name: ::core::env!("CARGO_PKG_NAME"),
        }
    }
}

/// The function, a `main` that runs it, and the test that runs the launch check.
pub(crate) fn program(program: &Program, function: &Function) -> TokenStream {
    let Program { runtime, args, check_test, library } = program;
    let private = quote!(#runtime::__private);
    let Function { attributes, visibility, signature, body } = function;
    let mut renamed = signature.clone();
    if signature.ident == "main" {
        // There can be one `main`; the user's own is reached through it alone.
        renamed.ident = Ident::new("__squall_main", Span::call_site());
    }
    let name = &renamed.ident;
    let user = wrapped(runtime, &quote!(#(#attributes)*), visibility, &renamed, signature, body);
    let await_ = signature.asyncness.is_some().then(|| quote!(.await));
    let output = match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let builds = Ident::new("__squall_built", Span::mixed_site());
    // Named as a value and not called: a result that is no application is then reported at its type.
    let built = quote! {
        async {
            let #builds: fn(#output) -> ::core::result::Result<#private::Application, #private::String> =
                <#output as #private::Built>::built;
            #builds(#name() #await_)
        }
    };
    let package = package(runtime);
    let library = library.iter();
    let test = check_test.then(|| {
        quote! {
            #[cfg(test)]
            #[test]
            fn squall_launch_check() {
                #private::launch_check(#built);
            }
        }
    });
    quote! {
        #(#[allow(unused_imports)] use ::#library as _;)*
        #user
        fn main() -> ::std::process::ExitCode {
            #private::main(#private::Program { package: #package, args: #args }, || #built)
        }
        #test
    }
}
