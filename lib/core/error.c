/* SPDX-License-Identifier: MIT */
/* How a system call's refusal becomes a GError of this library. */
#include "error.h"

#include <errno.h>

/* Not by G_DEFINE_QUARK(), whose variable two threads may write at once. */
GQuark mfl_error_quark(void)
{
	return g_quark_from_static_string("mfl-error-quark");
}

MflError mfl_error_from_errno(int errnum)
{
	switch (errnum) {
	case EACCES:
	case EPERM:
		return MFL_ERROR_PERMISSION;
	case ENOENT:
		return MFL_ERROR_NOT_FOUND;
	case ENODEV:
	case ESRCH:
		return MFL_ERROR_GONE;
	case ENOSYS:
	case ENOTTY:
	case EOPNOTSUPP:
		return MFL_ERROR_UNSUPPORTED;
	case ENXIO:
		return MFL_ERROR_RANGE;
	case EROFS:
		return MFL_ERROR_READONLY;
	case EEXIST:
		return MFL_ERROR_EXISTS;
	case EINVAL:
	case ENAMETOOLONG:
		return MFL_ERROR_INVALID;
	case ETIMEDOUT:
		return MFL_ERROR_TIMEOUT;
	default:
		return MFL_ERROR_IO;
	}
}

char *mfl_error_strerror(int errnum)
{
	char *text = g_strdup(g_strerror(errnum));

	/* "Permission denied", but leave "RPC struct is bad" as it is. */
	if (g_ascii_isupper(text[0]) && !g_ascii_isupper(text[1]))
		text[0] = g_ascii_tolower(text[0]);
	return text;
}

void mfl_error_set_errno(GError **error, int errnum, const char *format, ...)
{
	g_autofree char *text = NULL;
	g_autofree char *reason = mfl_error_strerror(errnum);
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, MFL_ERROR, (int)mfl_error_from_errno(errnum), "%s: %s", text, reason);
}
