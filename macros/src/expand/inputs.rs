//! What a handler struct gets: its constructor, its link, and how it is read.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Type, Visibility};

use crate::expand::options::{parent, shared};
use crate::expand::rules::{check, pattern_function, rules};
use crate::expand::span::{braced, placed};
use crate::model::{Declaration, Default, Input, Kind};
use crate::pattern::Segment;

/// Everything that is made from the struct alone.
pub(crate) fn inputs(declaration: &Declaration) -> TokenStream {
    let constructor = constructor(declaration);
    let link = link(declaration);
    let read = read(declaration);
    quote!(#constructor #link #read)
}

/// The struct that a function's wire inputs make: plain data of the function's name, in the namespace of types.
pub(crate) fn function_struct(declaration: &Declaration, function: &Ident) -> TokenStream {
    let Declaration { ident, visibility, inputs, .. } = declaration;
    let fields = inputs.iter().map(|Input { ident, ty, cfg, name, .. }| {
        let doc = format!(" The input `{name}`.");
        quote!(#(#cfg)* #[doc = #doc] #visibility #ident: #ty)
    });
    let doc = format!(" What a request to the handler `{function}` carries.");
    // A clash with a module or a type of that name is shown at the function.
    let head = placed(quote!(#visibility struct), function.span());
    let body = braced(quote!(#(#fields),*), function.span());
    quote! {
        #[doc = #doc]
        #[allow(clippy::all, clippy::pedantic, non_camel_case_types, dead_code, deprecated, private_interfaces, unreachable_pub, missing_debug_implementations)]
        #head #ident #body
    }
}

/// The macro that bears the struct's name and holds its path (`_` where it is not registered); see `claims`. A struct
/// with faults has none and swallows what it is given.
pub(crate) fn callback(
    runtime: &TokenStream,
    ident: &Ident,
    visibility: &Visibility,
    path: Option<&TokenStream>,
) -> TokenStream {
    let name = format_ident!("__squall_{}", ident.unraw());
    // A macro without `#[macro_export]` reaches no further than its crate.
    let visibility = match visibility {
        Visibility::Public(_) => quote!(pub(crate)),
        other => quote!(#other),
    };
    let expansion = path.map(|path| quote!(#runtime::__private::__claim! { #path $($verbs)* }));
    quote! {
        #[doc(hidden)]
        #[allow(unused_macros, non_snake_case)]
        macro_rules! #name {
            ($($verbs:tt)*) => { #expansion };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #name as #ident;
    }
}

/// Whether `Self::at` leaves an input out. This is a question of the signature, so it is settled by the form of the type.
fn is_optional(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|segment| segment.ident == "Option" || segment.ident == "Vec")
        }
        // What a `ty` fragment of a `macro_rules!` is wrapped in.
        Type::Group(group) => is_optional(&group.elem),
        _ => false,
    }
}

/// Whether `Self::at` asks for it.
pub(super) fn is_required(input: &Input) -> bool {
    input.default.is_none() && !is_optional(&input.ty)
}

/// The default, which stands in a function of its own: so it is compiled once, and sees nothing of what surrounds it.
pub(super) fn default_of(input: &Input) -> Option<TokenStream> {
    input.default.as_ref()?;
    let name = default_name(input);
    Some(quote!(Self::#name()))
}

fn default_name(input: &Input) -> Ident {
    local(&format!("default_{}", input.ident.unraw()))
}

fn default_function(runtime: &TokenStream, input: &Input) -> Option<TokenStream> {
    let Input { ty, cfg, .. } = input;
    let value = match input.default.as_ref()? {
        Default::Text(text) => quote!(<#ty as #runtime::__private::FromText>::from_text(#text)),
        Default::Expression(expression) => quote!(#expression),
    };
    let name = default_name(input);
    Some(quote!(#(#cfg)* fn #name() -> #ty { #value }))
}

/// The functions that hold defaults and compiled patterns.
pub(super) fn functions(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, inputs, .. } = declaration;
    let defaults = inputs.iter().filter_map(|input| default_function(runtime, input));
    let patterns = inputs.iter().filter_map(|input| pattern_function(runtime, input));
    quote!(#(#defaults)* #(#patterns)*)
}

fn constructor(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, visibility, inputs, .. } = declaration;
    let private = quote!(#runtime::__private);
    let functions = functions(declaration);
    let arguments = inputs.iter().filter(|input| is_required(input)).map(|input| {
        let Input { ident, ty, cfg, .. } = input;
        quote!(#(#cfg)* #ident: #ty)
    });
    let fields = inputs.iter().map(|input| {
        let Input { ident, cfg, .. } = input;
        let value = default_of(input).unwrap_or_else(|| {
            if is_required(input) { quote!(#ident) } else { quote!(::core::default::Default::default()) }
        });
        quote!(#(#cfg)* #ident: #value)
    });
    // A method of the same name, or a call without its arguments, is shown with the struct.
    let span = ident.span();
    let mut parentheses = Group::new(Delimiter::Parenthesis, quote!(#(#arguments),*));
    parentheses.set_span(span);
    let at = quote_spanned!(span=> fn at #parentheses -> Self);
    let at_body = braced(quote!(Self { #(#fields),* }), span);
    let url = placed(quote!(fn url(&self) -> #runtime::Uri), span);
    // The name of one place: a macro of the user keeps those of others apart.
    let this = Ident::new("self", span);
    let url_body = braced(quote!(#private::url(#this)), span);
    let try_url = placed(quote!(fn try_url(&self) -> #runtime::Result<#runtime::Uri>), span);
    let try_url_body = braced(quote!(#private::Link::uri(&#private::Link::to(#this), "")), span);
    quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated, private_interfaces, unreachable_pub, unused_qualifications, clippy::all, clippy::pedantic)]
        impl #ident {
            /// The request with its required inputs; the others have their defaults.
            #visibility #at #at_body

            /// The link to this request: path and query, percent-encoded; inputs at their defaults are left out.
            ///
            /// # Panics
            /// When a value cannot stand in a link: an empty, `.` or `..` path parameter, one with NUL, an absent
            /// text that has a default, or a link longer than a `Uri` may be. `try_url` gives an error instead.
            #visibility #url #url_body

            /// The link to this request, or why there is none.
            #visibility #try_url #try_url_body

            #functions
        }
    }
}

fn link(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, path, inputs, scope, .. } = declaration;
    let private = quote!(#runtime::__private);
    let (link, text, write) = (local("link"), local("text"), local("write"));
    let (each, standing, empty, fits) = (local("each"), local("default"), local("empty"), local("fits"));
    let is_root = matches!(path.pattern.segments.as_slice(), [Segment::Literal(root)] if root.is_empty());
    let scope = scope.is_some().then(|| quote!(#private::write_scope(#link, <Self as #private::Inputs>::SCOPE);));
    // Under a prefix, `/` is the prefix itself.
    let root = (is_root && scope.is_some()).then(|| quote!(#private::write_root(#link);));
    let written = if root.is_some() { &[] } else { path.pattern.segments.as_slice() };
    let segments = written.iter().map(|segment| match segment {
        Segment::Literal(literal) => {
            let literal = format!("/{literal}");
            quote!(#link.literal(#literal);)
        }
        Segment::Parameter(name) | Segment::Tail(name) => {
            let input = inputs.iter().find(|input| matches!(input.kind, Kind::Path { .. }) && input.name == *name);
            let write = input.map(|Input { ident, ty, .. }| {
                let method = if matches!(segment, Segment::Tail(_)) { quote!(tail) } else { quote!(segment) };
                quote!(#link.#method(#name, &<#ty as #private::Param>::to_param(&self.#ident));)
            });
            quote!(#link.literal("/"); #write)
        }
    });
    let others = inputs.iter().filter_map(|input| {
        let Input { ident, ty, name, cfg, .. } = input;
        let put = match input.kind {
            Kind::Path { .. } => return None,
            Kind::Flatten => {
                let field = ident.unraw().to_string();
                return Some(quote!(#(#cfg)* <#ty as #private::Flatten>::write(&self.#ident, #field, #link);));
            }
            Kind::Query => quote!(#link.query(#name, #text)),
            Kind::Header => quote!({
                let #fits: fn(&::core::primitive::str) -> ::core::primitive::bool =
                    <#ty as #private::Input<_>>::fits_a_header;
                #private::header_line(#link, #name, #text, #fits)
            }),
            Kind::Cookie => quote!(#link.cookie(#name, #text)),
        };
        let place = place(runtime, input);
        let put = quote!(|#text: &::core::primitive::str| #put);
        let call = match default_of(input) {
            None => quote!(#write(&self.#ident, &mut #put);),
            Some(default) => quote! {
                let #empty: fn() -> ::core::primitive::bool = <#ty as #private::Input<_>>::empty_is_a_value;
                if !#private::write(
                    |#each| #write(&self.#ident, #each),
                    |#each| { let #standing: #ty = #default; #write(&#standing, #each) },
                    #empty,
                    #put,
                ) {
                    #private::unsayable(#link, #place, #name);
                }
            },
        };
        // Named as a value and not called: a type that is no input is then reported at the type, and once.
        Some(quote!(#(#cfg)* {
            let #write: fn(&#ty, &mut dyn ::core::ops::FnMut(&::core::primitive::str)) = <#ty as #private::Input<_>>::write;
            #call
        }))
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::ToLink for #ident {
            #[allow(unused_variables)]
            fn write_link(&self, #link: &mut #private::Link) {
                #scope
                #root
                #(#segments)*
                #(#others)*
            }
        }
    }
}

fn read(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, path, inputs, register, scope, shared: options, .. } = declaration;
    let private = quote!(#runtime::__private);
    let path = &path.literal;
    let faults = local("faults");
    let records = inputs.iter().map(|input| record(runtime, input));
    let checks = inputs.iter().filter_map(|input| check(runtime, input, &faults));
    let read = read_method(declaration);
    let scope = scope.is_some().then(|| {
        let scope = parent(runtime, scope.as_ref());
        quote! {
            const SCOPE: ::core::option::Option<fn() -> &'static #private::ScopeRecord> = #scope;
        }
    });
    let options = (!options.is_empty()).then(|| {
        let options = shared(runtime, options);
        quote!(const OPTIONS: #private::RouteOptions = #options;)
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
        impl #private::Inputs for #ident {
            const PATH: &'static ::core::primitive::str = #path;
            const INPUTS: &'static [#private::InputRecord] = &[#(#records),*];
            const REGISTER: ::core::primitive::bool = #register;
            #scope
            #options

            #read

            #[allow(unused_variables)]
            fn check(#faults: &mut #private::Vec<#private::String>) {
                #(#checks)*
            }
        }
    }
}

/// The function that reads all inputs out of a request, and gathers what is wrong with them.
pub(super) fn read_method(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, inputs, .. } = declaration;
    let private = quote!(#runtime::__private);
    let (request, faults) = (local("request"), local("faults"));
    let variables: Vec<Ident> = (0..inputs.len()).map(|number| local(&format!("input_{number}"))).collect();
    let reads = inputs.iter().zip(&variables).map(|(input, variable)| {
        let cfg = &input.cfg;
        let value = read_one(runtime, input, &request, &faults);
        let rules = rules(runtime, input, &quote!(#variable), &quote!(#faults));
        quote! {
            #(#cfg)*
            let #variable = #value;
            #(#cfg)*
            if let ::core::option::Option::Some(#variable) = &#variable { #rules }
        }
    });
    let unwraps = inputs.iter().zip(&variables).map(|(input, variable)| {
        let cfg = &input.cfg;
        quote! {
            #(#cfg)*
            let ::core::option::Option::Some(#variable) = #variable else { return ::core::option::Option::None };
        }
    });
    let fields =
        inputs.iter().zip(&variables).map(|(Input { ident, cfg, .. }, variable)| quote!(#(#cfg)* #ident: #variable));
    quote! {
        #[allow(unused_variables)]
        fn read(#request: &#private::Request, #faults: &mut #private::Faults) -> ::core::option::Option<Self> {
            #(#reads)*
            #(#unwraps)*
            if !#private::Faults::is_empty(#faults) {
                return ::core::option::Option::None;
            }
            ::core::option::Option::Some(Self { #(#fields),* })
        }
    }
}

pub(super) fn place(runtime: &TokenStream, input: &Input) -> TokenStream {
    let place = match input.kind {
        Kind::Path { .. } => quote!(Path),
        Kind::Query | Kind::Flatten => quote!(Query),
        Kind::Header => quote!(Header),
        Kind::Cookie => quote!(Cookie),
    };
    quote!(#runtime::__private::Place::#place)
}

fn record(runtime: &TokenStream, input: &Input) -> TokenStream {
    let (place, name, cfg) = (place(runtime, input), &input.name, &input.cfg);
    let required = is_required(input) && input.kind != Kind::Flatten;
    quote!(#(#cfg)* #runtime::__private::InputRecord { place: #place, name: #name, required: #required })
}

fn read_one(runtime: &TokenStream, input: &Input, request: &Ident, faults: &Ident) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Input { ty, name, .. } = input;
    let source = match input.kind {
        Kind::Path { index, .. } => {
            return quote!(#private::path(#request, #index, #name, <#ty as #private::Param>::from_param, #faults));
        }
        Kind::Flatten => return quote!(<#ty as #private::Flatten>::read(#request, #faults)),
        Kind::Query => quote!(query),
        Kind::Header => quote!(header),
        Kind::Cookie => quote!(cookie),
    };
    let place = place(runtime, input);
    let absent = match default_of(input) {
        Some(default) => quote!(|| ::core::option::Option::Some(#default)),
        None => quote!(<#ty as #private::Input<_>>::absent),
    };
    let (read, missing) = (local("read"), local("absent"));
    // Named as values and not called, for the same reason as in `link`.
    quote! {
        {
            let #read: fn(#private::Values<'_>) -> #private::Read<#ty> = <#ty as #private::Input<_>>::read;
            let #missing: fn() -> ::core::option::Option<#ty> = #absent;
            #private::or(#read(#private::#source(#request, #name)), #place, #name, #faults, #missing)
        }
    }
}

/// A variable of generated code that no name of the user can meet.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(&format!("__squall_{name}"), Span::mixed_site())
}
