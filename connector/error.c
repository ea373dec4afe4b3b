/* SPDX-License-Identifier: MIT */
/* Errors: GError inside, memflow's numbers where a host sees them. */
#include "error.h"

G_DEFINE_QUARK(memflow-libvirt-connector, mfc_error)

int32_t mfc_error_number(int code)
{
	/* Those that are missing are MF_KIND_UNKNOWN; the text of the error says more. */
	static const uint8_t kinds[] = {
		[MFL_ERROR_INVALID] = MF_KIND_INVALID_ARGUMENT,
		[MFL_ERROR_NOT_FOUND] = MF_KIND_TARGET_NOT_FOUND,
		[MFL_ERROR_NOT_RUNNING] = MF_KIND_TARGET_NOT_FOUND,
		[MFL_ERROR_AMBIGUOUS] = MF_KIND_TARGET_NOT_FOUND,
		[MFL_ERROR_PERMISSION] = MF_KIND_UNABLE_TO_READ_MEMORY,
		[MFL_ERROR_NO_MODULE] = MF_KIND_CONFIGURATION,
		[MFL_ERROR_ABI] = MF_KIND_VERSION_MISMATCH,
		[MFL_ERROR_UNSUPPORTED] = MF_KIND_NOT_SUPPORTED,
		[MFL_ERROR_GONE] = MF_KIND_UNABLE_TO_READ_MEMORY,
		[MFL_ERROR_RANGE] = MF_KIND_OUT_OF_MEMORY_RANGE,
		[MFL_ERROR_READONLY] = MF_KIND_READ_ONLY,
		[MFL_ERROR_LIBVIRT] = MF_KIND_CONFIGURATION,
		[MFL_ERROR_IO] = MF_KIND_UNABLE_TO_READ_MEMORY,
	};
	enum mf_kind kind = MF_KIND_UNKNOWN;

	if (code > 0 && code < (int)G_N_ELEMENTS(kinds) && kinds[code])
		kind = kinds[code];
	return MF_ERROR(MF_ORIGIN_CONNECTOR, kind);
}

int32_t mfc_error_to_memflow(const GError *error)
{
	if (error->domain == MFC_ERROR)
		return error->code;
	return mfc_error_number(error->domain == MFL_ERROR ? error->code : 0);
}
