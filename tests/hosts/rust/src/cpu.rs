// SPDX-License-Identifier: MIT
//! Stops the guest's processors and lets them go on, by both ways that a connector offers.

use std::thread;
use std::time::{Duration, Instant};

use memflow::prelude::v1::*;

use crate::guest::Info;
use crate::{Connector, Done};

fn unsupported() -> Error {
    Error(ErrorOrigin::Connector, ErrorKind::NotSupported)
        .log_error("the connector has no ConnectorCpuState")
}

fn counter_moves(conn: &mut Connector, within: Duration) -> Result<bool> {
    let before = Info::read(conn)?.counter();
    let deadline = Instant::now() + within;
    while Instant::now() < deadline {
        if Info::read(conn)?.counter() != before {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(false)
}

/// By a borrowed CPU state. The guest ticks 50 times a second.
pub fn pause(conn: &mut Connector) -> Done {
    if !counter_moves(conn, Duration::from_secs(10))? {
        return Err("the guest's counter stood before it was paused".into());
    }
    as_mut!(conn impl ConnectorCpuState)
        .ok_or_else(unsupported)?
        .cpu_state()?
        .pause();
    let before = Info::read(conn)?.counter();
    if counter_moves(conn, Duration::from_secs(2))? {
        return Err("the guest's counter moves while it is paused".into());
    }
    println!("paused, the counter stands at {before}");
    Ok(())
}

/// By a CPU state that owns its connector: a clone.
pub fn resume(conn: &mut Connector) -> Done {
    if counter_moves(conn, Duration::from_secs(1))? {
        return Err("the guest's counter moved before it was resumed".into());
    }
    into!(conn.clone() impl ConnectorCpuState)
        .ok_or_else(unsupported)?
        .into_cpu_state()?
        .resume();
    if !counter_moves(conn, Duration::from_secs(10))? {
        return Err("the guest's counter stands after it was resumed".into());
    }
    println!("resumed, the counter moves");
    Ok(())
}
