//! Undoing the content coding of a body, one buffer at a time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use bytes::{Buf as _, Bytes};
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use crate::body::Body;
use crate::error::{Error, Result};
use crate::extract::encoding::BodyRejection;

/// How much is inflated at once.
const BUFFER: usize = 16 * 1024;

/// Windows above 8 MiB are refused, as RFC 9659 has it: the sender would say how much memory we take.
const ZSTD_WINDOW_LOG: u32 = 23;

/// A content coding (RFC 9110 section 8.4.1, RFC 7932, RFC 8878). `deflate` is the zlib format, as section 8.4.1.2
/// has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Coding {
    pub(crate) fn named(name: &str) -> Option<Self> {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("gzip") || is("x-gzip") {
            Some(Self::Gzip)
        } else if is("deflate") {
            Some(Self::Deflate)
        } else if is("br") {
            Some(Self::Brotli)
        } else if is("zstd") {
            Some(Self::Zstd)
        } else {
            None
        }
    }

    /// The body as it was before, of at most `limit` bytes. What arrives may be a little longer than that, as codings
    /// lengthen what they cannot compress; without a bound, codings of nothing could be sent for ever.
    pub(crate) fn undo(self, body: Body, limit: usize) -> Result<Body, BodyRejection> {
        let wire = limit.saturating_add(limit / 16).saturating_add(1024);
        let source = Source {
            body: body.limited(wire).map_err(|_| Error::too_large(limit))?,
            piece: Bytes::new(),
            trailers: None,
        };
        let decoder: Box<dyn Decoder> = match self {
            Self::Gzip => {
                let mut decoder = GzipDecoder::new(source);
                // A file may hold several members (RFC 1952 section 2.2); what follows the last is a fault.
                decoder.multiple_members(true);
                Box::new(decoder)
            }
            Self::Deflate => Box::new(ZlibDecoder::new(source)),
            Self::Brotli => Box::new(BrotliDecoder::new(source)),
            Self::Zstd => {
                let window = DParameter::window_log_max(ZSTD_WINDOW_LOG);
                let mut decoder = ZstdDecoder::with_params(source, &[window]);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
        };
        Ok(Body::new(Inflated { decoder: Some(decoder), space: Vec::new() }).limited(limit)?)
    }
}

/// A decoder, and what it reads from.
trait Decoder: AsyncRead + Unpin + Send {
    fn source(&mut self) -> &mut Source;
}

macro_rules! decoders {
    ($($decoder:ident)*) => {$(
        impl Decoder for $decoder<Source> {
            fn source(&mut self) -> &mut Source {
                self.get_mut()
            }
        }
    )*};
}

decoders!(BrotliDecoder GzipDecoder ZlibDecoder ZstdDecoder);

/// The body as it arrives. A decoder holds no more of it than the piece at hand.
struct Source {
    body: Body,
    piece: Bytes,
    trailers: Option<HeaderMap>,
}

impl AsyncBufRead for Source {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.piece.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(piece) => this.piece = piece,
                    Err(other) => this.trailers = other.into_trailers().ok(),
                },
                Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                None => break,
            }
        }
        Poll::Ready(Ok(&this.piece))
    }

    fn consume(mut self: Pin<&mut Self>, amount: usize) {
        self.piece.advance(amount);
    }
}

impl AsyncRead for Source {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let available = ready!(self.as_mut().poll_fill_buf(cx))?;
        let amount = available.len().min(buffer.remaining());
        buffer.put_slice(&available[..amount]);
        self.consume(amount);
        Poll::Ready(Ok(()))
    }
}

/// The body as it was before.
struct Inflated {
    /// Nothing once it has ended.
    decoder: Option<Box<dyn Decoder>>,
    /// Where the next piece is written; kept while there is nothing to write.
    space: Vec<u8>,
}

impl Inflated {
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        let Some(decoder) = &mut self.decoder else { return Poll::Ready(Ok(None)) };
        self.space.resize(BUFFER, 0);
        let mut buffer = ReadBuf::new(&mut self.space);
        ready!(Pin::new(&mut *decoder).poll_read(cx, &mut buffer))?;
        let length = buffer.filled().len();
        if length > 0 {
            self.space.truncate(length);
            return Poll::Ready(Ok(Some(std::mem::take(&mut self.space).into())));
        }
        // A second reader could take what follows the end for something else.
        let rest = ready!(Pin::new(decoder.source()).poll_fill_buf(cx))?;
        if !rest.is_empty() {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "bytes follow the end")));
        }
        Poll::Ready(Ok(None))
    }
}

impl HttpBody for Inflated {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let frame = match ready!(self.poll_piece(cx)) {
            Ok(Some(piece)) => return Poll::Ready(Some(Ok(Frame::data(piece)))),
            Ok(None) => {
                let trailers = self.decoder.as_mut().and_then(|decoder| decoder.source().trailers.take());
                trailers.map(|trailers| Ok(Frame::trailers(trailers)))
            }
            Err(error) => Some(Err(match error.downcast::<Error>() {
                // What arrived was too long or broke off: that is the reason, not the coding.
                Ok(ours) => ours,
                Err(other) => Error::body(other),
            })),
        };
        self.decoder = None;
        Poll::Ready(frame)
    }
}
