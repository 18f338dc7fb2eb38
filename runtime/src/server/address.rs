//! Where to listen: `127.0.0.1:8888`, unless the environment or the command line says otherwise.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::error::{Error, Result};

/// The address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address(SocketAddr);

impl Address {
    pub(crate) fn socket(self) -> SocketAddr {
        self.0
    }

    /// `SQUALL_HOST` and `SQUALL_PORT`, overridden by `HOST` and `PORT`.
    pub(crate) fn from_environment() -> Result<Self> {
        Self::from_environment_and(None, None)
    }

    /// What the command line says comes last.
    pub(crate) fn from_environment_and(host: Option<String>, port: Option<String>) -> Result<Self> {
        let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self::read(host, port, |name| variable(name).filter(|value| !value.is_empty()))
    }

    /// Of several sources the last counts, and only that one is judged.
    fn read(host: Option<String>, port: Option<String>, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8888));
        // Shells export HOST as the name of the machine: that is no wish to listen on it.
        let loose = variable("HOST").filter(|host| {
            let known = ip(host).is_some();
            if !known {
                tracing::warn!("HOST={host:?} is neither an IP address nor localhost and is passed over");
            }
            known
        });
        let hosts = [("--host", host), ("HOST", loose), ("SQUALL_HOST", variable("SQUALL_HOST"))];
        if let Some((name, host)) = first(hosts) {
            address.set_ip(ip(&host).ok_or_else(|| wrong(name, &host, "an IP address or localhost"))?);
        }
        let ports = [("--port", port), ("PORT", variable("PORT")), ("SQUALL_PORT", variable("SQUALL_PORT"))];
        if let Some((name, port)) = first(ports) {
            address.set_port(port.parse().map_err(|_| wrong(name, &port, "a port from 0 to 65535"))?);
        }
        Ok(Self(address))
    }
}

/// The first source that says anything.
fn first(sources: [(&'static str, Option<String>); 3]) -> Option<(&'static str, String)> {
    sources.into_iter().find_map(|(name, value)| Some((name, value?)))
}

fn ip(text: &str) -> Option<IpAddr> {
    if text.eq_ignore_ascii_case("localhost") {
        return Some(Ipv4Addr::LOCALHOST.into());
    }
    text.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn wrong(name: &str, text: &str, want: &str) -> Error {
    Error::address(format!("{name} is {text:?}: write {want}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> std::result::Result<String, String> {
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Address::read(None, None, find).map(|address| address.socket().to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_environment_chooses() {
        assert_eq!(read(&[]).as_deref(), Ok("127.0.0.1:8888"));
        assert_eq!(read(&[("PORT", "0"), ("SQUALL_PORT", "1")]).as_deref(), Ok("127.0.0.1:0"));
        assert_eq!(read(&[("HOST", "0.0.0.0")]).as_deref(), Ok("0.0.0.0:8888"));
        assert_eq!(read(&[("SQUALL_HOST", "::1")]).as_deref(), Ok("[::1]:8888"));
        assert_eq!(read(&[("HOST", "localhost")]).as_deref(), Ok("127.0.0.1:8888"));
        assert_eq!(read(&[("HOST", "my-machine")]).as_deref(), Ok("127.0.0.1:8888"));
    }

    #[test]
    fn a_wrong_value_names_its_source() {
        assert!(read(&[("PORT", "http")]).expect_err("no port").starts_with("PORT is \"http\""));
        assert!(read(&[("SQUALL_PORT", "70000")]).is_err());
        assert!(read(&[("SQUALL_HOST", "my-machine")]).expect_err("no host").contains("SQUALL_HOST"));
        let typed = |host: Option<&str>, port: &str| {
            let abc = |name: &str| (name == "PORT").then(|| "abc".to_owned());
            Address::read(host.map(str::to_owned), Some(port.to_owned()), abc).map(Address::socket)
        };
        assert!(typed(None, "x").expect_err("no port").to_string().starts_with("--port is"));
        assert_eq!(typed(Some("::1"), "9").expect("what counts is right").to_string(), "[::1]:9");
    }
}
