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
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// What the command line says comes last.
    pub(crate) fn overridden(mut self, host: Option<String>, port: Option<String>) -> Result<Self> {
        if let Some(host) = host {
            self.0.set_ip(ip(&host).ok_or_else(|| wrong("--host", &host, "an IP address or localhost"))?);
        }
        if let Some(port) = port {
            self.0.set_port(parse_port("--port", &port)?);
        }
        Ok(self)
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8888));
        if let Some(host) = variable("SQUALL_HOST") {
            address.set_ip(ip(&host).ok_or_else(|| wrong("SQUALL_HOST", &host, "an IP address or localhost"))?);
        }
        if let Some(host) = variable("HOST") {
            // Shells export HOST as the name of the machine: that is no wish to listen on it.
            match ip(&host) {
                Some(ip) => address.set_ip(ip),
                None => tracing::warn!("HOST={host:?} is neither an IP address nor localhost and is passed over"),
            }
        }
        for name in ["SQUALL_PORT", "PORT"] {
            if let Some(port) = variable(name) {
                address.set_port(parse_port(name, &port)?);
            }
        }
        Ok(Self(address))
    }
}

fn ip(text: &str) -> Option<IpAddr> {
    if text.eq_ignore_ascii_case("localhost") {
        return Some(Ipv4Addr::LOCALHOST.into());
    }
    text.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn parse_port(name: &str, text: &str) -> Result<u16> {
    text.parse().map_err(|_| wrong(name, text, "a port from 0 to 65535"))
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
        Address::read(find).map(|address| address.socket().to_string()).map_err(|error| error.to_string())
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
        let address = Address::read(|_| None).expect("the default");
        assert!(address.overridden(None, Some("x".into())).is_err());
        assert_eq!(address.overridden(Some("::1".into()), Some("9".into())).expect("both").socket().port(), 9);
    }
}
