/* SPDX-License-Identifier: MIT */
/* Asking QEMU, through libvirt, where its guest's memory is. */
#pragma once

#include "domain.h"
#include "guest-map.h"
#include "process.h"

G_BEGIN_DECLS

/*
 * Takes a read-write connection and makes libvirt call the domain tainted ("custom
 * monitor control commands issued"). What comes out agrees with @process's mappings.
 * MFL_ERROR_PERMISSION, MFL_ERROR_LIBVIRT, MFL_ERROR_TIMEOUT, MFL_ERROR_GONE …
 */
MflGuestMap *mfl_guest_map_query(MflDomain *domain, MflProcess *process, GError **error);

G_END_DECLS
