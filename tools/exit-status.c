// SPDX-License-Identifier: MIT
/*
 * Scripts tell failures apart by the exit status, so each of the library's
 * error codes has to arrive at one, in this one place.
 */
#include "exit-status.h"

#include <gio/gio.h>

#include "memflow-libvirt.h"

static const char *const descriptions[CTL_N_STATUSES] = {
	[CTL_OK] = "success",
	[CTL_FAILURE] = "any failure without a status of its own",
	[CTL_USAGE] = "wrong usage",
	[CTL_NO_DOMAIN] = "no such domain, or several that fit",
	[CTL_NOT_RUNNING] = "the domain is not running",
	[CTL_PERMISSION] = "permission denied",
	[CTL_MODULE] = "the kernel module is not loaded, or of another version",
	[CTL_RANGE] = "no guest memory at that address",
	[CTL_GONE] = "the domain stopped, or access was revoked, meanwhile",
	[CTL_TIMEOUT] = "time is up",
	[CTL_READONLY] = "the memory, or the access to it, is read-only",
	[CTL_UNSUPPORTED] = "not possible for this domain or backend",
	[CTL_EXISTS] = "the node belongs to another running domain",
	[CTL_LIBVIRT] = "libvirt reported an error",
	[CTL_BROKEN] = "doctor has found something broken",
	[CTL_WARNINGS] = "doctor has found nothing broken, but has warnings",
};

static int from_mfl_error(int code)
{
	/* No default: the compiler names a code of the library that is missing. */
	switch ((MflError)code) {
	case MFL_ERROR_INVALID:
		return CTL_USAGE;
	case MFL_ERROR_NOT_FOUND:
	case MFL_ERROR_AMBIGUOUS:
		return CTL_NO_DOMAIN;
	case MFL_ERROR_NOT_RUNNING:
		return CTL_NOT_RUNNING;
	case MFL_ERROR_PERMISSION:
		return CTL_PERMISSION;
	case MFL_ERROR_NO_MODULE:
	case MFL_ERROR_ABI:
		return CTL_MODULE;
	case MFL_ERROR_UNSUPPORTED:
		return CTL_UNSUPPORTED;
	case MFL_ERROR_GONE:
		return CTL_GONE;
	case MFL_ERROR_RANGE:
		return CTL_RANGE;
	case MFL_ERROR_READONLY:
		return CTL_READONLY;
	case MFL_ERROR_LIBVIRT:
		return CTL_LIBVIRT;
	case MFL_ERROR_TIMEOUT:
		return CTL_TIMEOUT;
	case MFL_ERROR_EXISTS:
		return CTL_EXISTS;
	case MFL_ERROR_FAILED:
	case MFL_ERROR_IO:
		return CTL_FAILURE;
	}
	return CTL_FAILURE;
}

int ctl_status_from_error(const GError *error)
{
	if (!error)
		return CTL_OK;
	if (error->domain == MFL_ERROR)
		return from_mfl_error(error->code);
	if (error->domain == G_OPTION_ERROR)
		return CTL_USAGE;
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
	    g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
	    g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_PERM))
		return CTL_PERMISSION;
	return CTL_FAILURE;
}

const char *ctl_status_describe(int status)
{
	g_return_val_if_fail(status >= 0 && status < CTL_N_STATUSES, NULL);

	return descriptions[status];
}
