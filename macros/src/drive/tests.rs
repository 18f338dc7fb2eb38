//! What the macros give back: for half-typed input, as editors send it with every key, and for three that are right.

mod scopes;

use proc_macro2::TokenStream;
use quote::quote;

use crate::drive::{handler, verb};

/// The expansion, which must begin with the user's item; what follows is laid out.
fn after(item: &TokenStream, expansion: TokenStream) -> String {
    let mut tokens = expansion.into_iter();
    let begin: TokenStream = tokens.by_ref().take(item.clone().into_iter().count()).collect();
    assert_eq!(begin.to_string(), item.to_string(), "the item is given back");
    format!("{begin}\n\n{}", shown(tokens.collect()))
}

fn shown(expansion: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expansion).expect("what the macros add is whole"))
}

fn get(arguments: TokenStream, item: TokenStream) -> TokenStream {
    verb("get", Some("GET"), arguments, item)
}

#[test]
fn a_body_that_ends_early_is_carried() {
    let item = quote!(
        fn a() {
            let x =
        }
    );
    let expansion = get(quote!("/"), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn an_argument_without_type() {
    let expansion = get(quote!("/items"), quote!(async fn items(#[query] page: ) {}));
    insta::assert_snapshot!(after(&quote!(async fn items(page: ) {}), expansion));
}

#[test]
fn a_function_without_arguments_or_body() {
    let item = quote!(async fn items);
    let expansion = get(quote!("/items"), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_function_without_body() {
    let expansion = get(
        quote!("/items"),
        quote!(
            async fn items(#[query] page: u64);
        ),
    );
    // The compiler says that itself.
    insta::assert_snapshot!(after(
        &quote!(
            async fn items(page: u64);
        ),
        expansion
    ));
}

#[test]
fn an_attribute_without_value() {
    let item = quote!(
        async fn index() {}
    );
    let expansion = get(quote!("/", register =), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn an_attribute_without_anything() {
    let item = quote!(
        async fn index() {}
    );
    let expansion = get(TokenStream::new(), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_path_that_ends_early() {
    let item = quote!(
        async fn item(id: u64) {}
    );
    let expansion = get(quote!("/items/{"), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_field_without_type() {
    let expansion = handler(quote!("/items/{id}"), quote!(struct Item { id: u64, #[query] page }));
    insta::assert_snapshot!(after(&quote!(struct Item { id: u64, page }), expansion));
}

#[test]
fn a_struct_without_name() {
    let item = quote!(pub struct);
    let expansion = handler(quote!("/items"), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn an_option_of_a_field_without_value() {
    let expansion = handler(
        quote!("/items"),
        quote!(
            struct Items {
                #[query(default =)]
                page: &str,
            }
        ),
    );
    // What it borrows lives for ever, so that the compiler does not ask for a lifetime.
    insta::assert_snapshot!(after(
        &quote!(
            struct Items {
                page: &'static str,
            }
        ),
        expansion
    ));
}

#[test]
fn a_method_that_cannot_be_read() {
    let expansion = handler(
        TokenStream::new(),
        quote! {
            impl Items {
                #[get]
                async fn list(&self, #[query] ) -> {}
                #[post]
                async fn add(&self) {}
            }
        },
    );
    let item = quote! {
        impl Items {
            async fn list(&self, ) -> {}
            async fn add(&self) {}
        }
    };
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_verb_without_body() {
    let expansion = handler(TokenStream::new(), quote!(impl Items { #[get] async fn list(&self) }));
    insta::assert_snapshot!(after(&quote!(impl Items { async fn list(&self) }), expansion));
}

#[test]
fn an_impl_without_body() {
    let item = quote!(impl Items);
    let expansion = handler(TokenStream::new(), item.clone());
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_condition_below_goes_above() {
    let item = quote! {
        #[doc = "All."]
        #[cfg(unix)]
        #[must_use]
        struct Items;
    };
    insta::assert_snapshot!(shown(handler(quote!("/items", crate = web), item)));
}

#[test]
fn a_struct() {
    let item = quote! {
        #[derive(Clone)]
        pub struct Item {
            id: u64,
            #[query(default = 20, range = 1..=100)]
            #[cfg(unix)]
            limit: u32,
        }
    };
    insta::assert_snapshot!(shown(handler(quote!("/items/{id}"), item)));
}

#[test]
fn an_impl() {
    let item = quote! {
        impl Item {
            /// Shows it.
            #[get]
            async fn show(&self, shop: State<Shop>) -> Json<Self> {}
        }
    };
    insta::assert_snapshot!(shown(handler(TokenStream::new(), item)));
}

#[test]
fn a_function() {
    let item = quote! {
        /// Says hello.
        pub async fn hello(name: String, #[query] excited: Option<bool>, greeter: State<Greeter>) -> String {}
    };
    insta::assert_snapshot!(shown(get(quote!("/hello/{name}", register = false), item)));
}
