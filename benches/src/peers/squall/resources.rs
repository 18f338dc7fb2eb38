//! The 200 routes beside the measured ones, as [`crate::endpoints::RESOURCES`] counts them.
//!
//! A path must be a literal, so every one stands here, although the peers with run-time routers build them in a loop.

macro_rules! resources {
    ($($module:ident: $list:literal, $sub:literal;)*) => {
        $(mod $module {
            use squall::get;

            #[get($list)]
            async fn list() -> &'static str {
                "list"
            }

            #[get($sub)]
            async fn sub(id: u64) -> &'static str {
                // Parsed, as the peers do, and of no further use.
                let _ = id;
                "sub"
            }
        })*
    };
}

resources! {
    res0: "/api/v1/res0", "/api/v1/res0/{id}/sub";
    res1: "/api/v1/res1", "/api/v1/res1/{id}/sub";
    res2: "/api/v1/res2", "/api/v1/res2/{id}/sub";
    res3: "/api/v1/res3", "/api/v1/res3/{id}/sub";
    res4: "/api/v1/res4", "/api/v1/res4/{id}/sub";
    res5: "/api/v1/res5", "/api/v1/res5/{id}/sub";
    res6: "/api/v1/res6", "/api/v1/res6/{id}/sub";
    res7: "/api/v1/res7", "/api/v1/res7/{id}/sub";
    res8: "/api/v1/res8", "/api/v1/res8/{id}/sub";
    res9: "/api/v1/res9", "/api/v1/res9/{id}/sub";
    res10: "/api/v1/res10", "/api/v1/res10/{id}/sub";
    res11: "/api/v1/res11", "/api/v1/res11/{id}/sub";
    res12: "/api/v1/res12", "/api/v1/res12/{id}/sub";
    res13: "/api/v1/res13", "/api/v1/res13/{id}/sub";
    res14: "/api/v1/res14", "/api/v1/res14/{id}/sub";
    res15: "/api/v1/res15", "/api/v1/res15/{id}/sub";
    res16: "/api/v1/res16", "/api/v1/res16/{id}/sub";
    res17: "/api/v1/res17", "/api/v1/res17/{id}/sub";
    res18: "/api/v1/res18", "/api/v1/res18/{id}/sub";
    res19: "/api/v1/res19", "/api/v1/res19/{id}/sub";
    res20: "/api/v1/res20", "/api/v1/res20/{id}/sub";
    res21: "/api/v1/res21", "/api/v1/res21/{id}/sub";
    res22: "/api/v1/res22", "/api/v1/res22/{id}/sub";
    res23: "/api/v1/res23", "/api/v1/res23/{id}/sub";
    res24: "/api/v1/res24", "/api/v1/res24/{id}/sub";
    res25: "/api/v1/res25", "/api/v1/res25/{id}/sub";
    res26: "/api/v1/res26", "/api/v1/res26/{id}/sub";
    res27: "/api/v1/res27", "/api/v1/res27/{id}/sub";
    res28: "/api/v1/res28", "/api/v1/res28/{id}/sub";
    res29: "/api/v1/res29", "/api/v1/res29/{id}/sub";
    res30: "/api/v1/res30", "/api/v1/res30/{id}/sub";
    res31: "/api/v1/res31", "/api/v1/res31/{id}/sub";
    res32: "/api/v1/res32", "/api/v1/res32/{id}/sub";
    res33: "/api/v1/res33", "/api/v1/res33/{id}/sub";
    res34: "/api/v1/res34", "/api/v1/res34/{id}/sub";
    res35: "/api/v1/res35", "/api/v1/res35/{id}/sub";
    res36: "/api/v1/res36", "/api/v1/res36/{id}/sub";
    res37: "/api/v1/res37", "/api/v1/res37/{id}/sub";
    res38: "/api/v1/res38", "/api/v1/res38/{id}/sub";
    res39: "/api/v1/res39", "/api/v1/res39/{id}/sub";
    res40: "/api/v1/res40", "/api/v1/res40/{id}/sub";
    res41: "/api/v1/res41", "/api/v1/res41/{id}/sub";
    res42: "/api/v1/res42", "/api/v1/res42/{id}/sub";
    res43: "/api/v1/res43", "/api/v1/res43/{id}/sub";
    res44: "/api/v1/res44", "/api/v1/res44/{id}/sub";
    res45: "/api/v1/res45", "/api/v1/res45/{id}/sub";
    res46: "/api/v1/res46", "/api/v1/res46/{id}/sub";
    res47: "/api/v1/res47", "/api/v1/res47/{id}/sub";
    res48: "/api/v1/res48", "/api/v1/res48/{id}/sub";
    res49: "/api/v1/res49", "/api/v1/res49/{id}/sub";
    res50: "/api/v1/res50", "/api/v1/res50/{id}/sub";
    res51: "/api/v1/res51", "/api/v1/res51/{id}/sub";
    res52: "/api/v1/res52", "/api/v1/res52/{id}/sub";
    res53: "/api/v1/res53", "/api/v1/res53/{id}/sub";
    res54: "/api/v1/res54", "/api/v1/res54/{id}/sub";
    res55: "/api/v1/res55", "/api/v1/res55/{id}/sub";
    res56: "/api/v1/res56", "/api/v1/res56/{id}/sub";
    res57: "/api/v1/res57", "/api/v1/res57/{id}/sub";
    res58: "/api/v1/res58", "/api/v1/res58/{id}/sub";
    res59: "/api/v1/res59", "/api/v1/res59/{id}/sub";
    res60: "/api/v1/res60", "/api/v1/res60/{id}/sub";
    res61: "/api/v1/res61", "/api/v1/res61/{id}/sub";
    res62: "/api/v1/res62", "/api/v1/res62/{id}/sub";
    res63: "/api/v1/res63", "/api/v1/res63/{id}/sub";
    res64: "/api/v1/res64", "/api/v1/res64/{id}/sub";
    res65: "/api/v1/res65", "/api/v1/res65/{id}/sub";
    res66: "/api/v1/res66", "/api/v1/res66/{id}/sub";
    res67: "/api/v1/res67", "/api/v1/res67/{id}/sub";
    res68: "/api/v1/res68", "/api/v1/res68/{id}/sub";
    res69: "/api/v1/res69", "/api/v1/res69/{id}/sub";
    res70: "/api/v1/res70", "/api/v1/res70/{id}/sub";
    res71: "/api/v1/res71", "/api/v1/res71/{id}/sub";
    res72: "/api/v1/res72", "/api/v1/res72/{id}/sub";
    res73: "/api/v1/res73", "/api/v1/res73/{id}/sub";
    res74: "/api/v1/res74", "/api/v1/res74/{id}/sub";
    res75: "/api/v1/res75", "/api/v1/res75/{id}/sub";
    res76: "/api/v1/res76", "/api/v1/res76/{id}/sub";
    res77: "/api/v1/res77", "/api/v1/res77/{id}/sub";
    res78: "/api/v1/res78", "/api/v1/res78/{id}/sub";
    res79: "/api/v1/res79", "/api/v1/res79/{id}/sub";
    res80: "/api/v1/res80", "/api/v1/res80/{id}/sub";
    res81: "/api/v1/res81", "/api/v1/res81/{id}/sub";
    res82: "/api/v1/res82", "/api/v1/res82/{id}/sub";
    res83: "/api/v1/res83", "/api/v1/res83/{id}/sub";
    res84: "/api/v1/res84", "/api/v1/res84/{id}/sub";
    res85: "/api/v1/res85", "/api/v1/res85/{id}/sub";
    res86: "/api/v1/res86", "/api/v1/res86/{id}/sub";
    res87: "/api/v1/res87", "/api/v1/res87/{id}/sub";
    res88: "/api/v1/res88", "/api/v1/res88/{id}/sub";
    res89: "/api/v1/res89", "/api/v1/res89/{id}/sub";
    res90: "/api/v1/res90", "/api/v1/res90/{id}/sub";
    res91: "/api/v1/res91", "/api/v1/res91/{id}/sub";
    res92: "/api/v1/res92", "/api/v1/res92/{id}/sub";
    res93: "/api/v1/res93", "/api/v1/res93/{id}/sub";
    res94: "/api/v1/res94", "/api/v1/res94/{id}/sub";
    res95: "/api/v1/res95", "/api/v1/res95/{id}/sub";
    res96: "/api/v1/res96", "/api/v1/res96/{id}/sub";
    res97: "/api/v1/res97", "/api/v1/res97/{id}/sub";
    res98: "/api/v1/res98", "/api/v1/res98/{id}/sub";
    res99: "/api/v1/res99", "/api/v1/res99/{id}/sub";
}
