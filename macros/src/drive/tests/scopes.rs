//! The same for scopes, hooks, periodic functions and the derives.

use proc_macro2::TokenStream;
use quote::quote;

use super::{after, get, shown};
use crate::drive::{every, from_multipart, handler, into_response, problem, scope};

/// What a derive adds; the item is not its to give back.
fn messages(expansion: TokenStream) -> Vec<String> {
    let text = shown(expansion);
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("::core::compile_error!") || line.starts_with('"'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_scope_without_name() {
    let item = quote!(struct);
    insta::assert_snapshot!(after(&item, scope(quote!("/admin"), item.clone())));
}

#[test]
fn a_scope_in_nothing_yet() {
    let item = quote!(
        struct Admin;
    );
    insta::assert_snapshot!(after(&item, scope(quote!("/admin", in =), item.clone())));
}

#[test]
fn a_scope_with_a_word_half_typed() {
    let item = quote!(
        struct Admin;
    );
    insta::assert_snapshot!(after(&item, scope(quote!("/admin", time), item.clone())));
}

#[test]
fn a_scope_whose_options_end_early() {
    let item = quote!(
        struct Admin;
    );
    for options in [quote!("/admin", layer =), quote!("/admin", body =), quote!("/admin", timeout =)] {
        let expansion = scope(options, item.clone());
        assert_eq!(expansion.to_string().matches("compile_error").count(), 1, "{expansion}");
        after(&item, expansion);
    }
}

#[test]
fn a_scope_with_a_field_half_typed() {
    let expansion = scope(
        quote!("/admin"),
        quote!(
            struct Admin {
                #[header]
                user,
            }
        ),
    );
    insta::assert_snapshot!(after(&quote!(struct Admin { user, }), expansion));
}

#[test]
fn a_hook_that_cannot_be_read() {
    let expansion = scope(
        TokenStream::new(),
        quote! {
            impl Admin {
                #[prepare]
                async fn known(&self, user: ) -> {}
                #[finish]
                async fn count(&self, outcome: &Outcome) {}
            }
        },
    );
    let item = quote! {
        impl Admin {
            async fn known(&self, user: ) -> {}
            async fn count(&self, outcome: &Outcome) {}
        }
    };
    insta::assert_snapshot!(after(&item, expansion));
}

#[test]
fn a_hook_without_body() {
    let expansion = scope(TokenStream::new(), quote!(impl Admin { #[prepare] async fn known(&self) }));
    insta::assert_snapshot!(after(&quote!(impl Admin { async fn known(&self) }), expansion));
}

#[test]
fn a_hook_of_a_handler_without_body() {
    let item = quote!(
        impl Items {
            #[get]
            async fn list(&self) {}
            #[finish]
            async fn count(&self, outcome: &)
        }
    );
    let given = quote!(
        impl Items {
            async fn list(&self) {}
            async fn count(&self, outcome: &)
        }
    );
    insta::assert_snapshot!(after(&given, handler(TokenStream::new(), item)));
}

#[test]
fn an_impl_of_a_scope_without_body() {
    let item = quote!(impl Admin);
    insta::assert_snapshot!(after(&item, scope(TokenStream::new(), item.clone())));
}

#[test]
fn a_hook_with_its_options_half_typed() {
    let expansion = scope(TokenStream::new(), quote!(impl Admin { #[prepare(fir)] async fn known(&self) {} }));
    insta::assert_snapshot!(after(&quote!(impl Admin { async fn known(&self) {} }), expansion));
}

#[test]
fn a_periodic_function_without_anything() {
    let item = quote!(async fn clean);
    insta::assert_snapshot!(after(&item, every(TokenStream::new(), item.clone())));
}

#[test]
fn a_periodic_function_without_body() {
    let item = quote!(
        async fn clean();
    );
    // The compiler says that itself.
    insta::assert_snapshot!(after(&item, every(quote!("5m"), item.clone())));
}

#[test]
fn a_periodic_function_with_a_time_half_typed() {
    let item = quote!(
        async fn clean() {}
    );
    insta::assert_snapshot!(after(&item, every(quote!("5"), item.clone())));
}

#[test]
fn a_verb_in_nothing_yet() {
    let item = quote!(
        async fn users() {}
    );
    insta::assert_snapshot!(after(&item, get(quote!("/users", in =), item.clone())));
}

#[test]
fn derives_on_what_is_half_typed() {
    let derives: [fn(TokenStream) -> TokenStream; 3] = [problem, into_response, from_multipart];
    let items = [
        quote!(
            enum E
        ),
        quote!(
            struct S {
                a,
            }
        ),
        quote!(struct),
    ];
    for item in items {
        for derive in derives {
            let expansion = derive(item.clone());
            assert_eq!(expansion.to_string().matches("compile_error").count(), 1, "{item}: {expansion}");
        }
    }
}

#[test]
fn options_of_derives_half_typed() {
    let cases = [
        problem(quote!(
            enum E {
                #[problem(status = )]
                A,
            }
        )),
        problem(quote!(
            enum E {
                #[problem(sta)]
                A,
            }
        )),
        problem(quote!(
            enum E {
                #[problem(status = 404, detail = )]
                A(u8),
            }
        )),
        problem(quote!(
            enum E {
                #[problem(status = 404)]
                A(#[problem(mem)] u8),
            }
        )),
        into_response(quote!(
            enum E {
                #[response(status = )]
                A,
            }
        )),
        into_response(quote!(
            enum E {
                #[response(status = 201)]
                A(#[response(header = )] u8),
            }
        )),
        from_multipart(quote!(
            struct S {
                #[part(name = )]
                a: String,
            }
        )),
        from_multipart(quote!(
            struct S {
                #[part(limit)]
                a: String,
            }
        )),
    ];
    let messages: Vec<Vec<String>> = cases.into_iter().map(messages).collect();
    insta::assert_snapshot!(messages.iter().map(|all| all.join("\n")).collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn a_scope() {
    let item = quote! {
        struct Admin {
            #[header]
            user: Option<String>,
        }
    };
    insta::assert_snapshot!(shown(scope(quote!("/admin", in = Office, timeout = "5s", layer = compression), item)));
}

#[test]
fn hooks() {
    let item = quote! {
        impl Admin {
            #[prepare]
            async fn known(&self, users: State<Users>) -> Result<User, Unknown> {}
            #[cfg(unix)]
            #[finish]
            fn count(self, outcome: &Outcome) {}
        }
    };
    insta::assert_snapshot!(shown(scope(TokenStream::new(), item)));
}

#[test]
fn a_periodic_function() {
    let item = quote! {
        async fn clean(files: State<Files>) -> Result<(), Full> {}
    };
    insta::assert_snapshot!(shown(every(quote!("5m"), item)));
}
