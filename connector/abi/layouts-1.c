/* SPDX-License-Identifier: MIT */
/*
 * Made by connector/abi/generate/run from memflow's own types; change that, not this.
 *
 * Packages: abi_stable 0.10.3, cglue 0.2.14, memflow 0.2.4.
 * 283 layouts of 86 type definitions: m_X is a definition, t_X a type made by it. The comment over
 * a layout has the type in Rust's words, which leave out the type parameters that memflow's macros
 * hide, and one place where it is used.
 */
#include "layouts.h"

#include "abi-stable.h"

/* clang-format off */

/* Rust wants even a pointer to no elements to be aligned and not null. */
static const uint64_t nothing;
#define NOTHING ((const void *)&nothing)

/* Its address tells the types of this library from those of other binaries. */
static const uint64_t identity;

/*
 * Types refer to each other by functions that return their layouts. Each has a UTypeId of its own,
 * since a host compares two layouts once and then goes by their ids.
 */
#define TYPE_LAYOUT(name, object)                                       \
	static const struct sabi_type_layout *get_##name(void)          \
	{                                                               \
		return &(object);                                       \
	}

#define TYPE_ID(name, object)                                           \
	static struct sabi_utypeid id_##name(void)                      \
	{                                                               \
		return (struct sabi_utypeid){&identity, &(object), 0};  \
	}

#define TYPE(name)                                                      \
	static const struct sabi_type_layout t_##name;                  \
	TYPE_LAYOUT(name, t_##name)                                     \
	TYPE_ID(name, t_##name)

TYPE_ID(COption_1, mfc_input_layout)
TYPE(OsInstance)
TYPE(ref_CloneVtbl_1)
TYPE(CloneVtbl_1)
TYPE(AFunctionPointer_1)
TYPE(ref_OsInstanceContainer)
TYPE(OsInstanceContainer)
TYPE(CBox)
TYPE(mut_c_void)
TYPE(c_void)
TYPE(OpaqueField)
TYPE(Option_AFunctionPointer)
TYPE(AFunctionPointer_2)
TYPE(CArc)
TYPE(Option_ref_c_void)
TYPE(ref_c_void)
TYPE(PhantomData_CloneRetTmpPhantom)
TYPE(CloneRetTmpPhantom)
TYPE(PhantomData_CArc)
TYPE(PhantomData_OsRetTmpPhantom)
TYPE(OsRetTmpPhantom)
TYPE(PhantomData_MemoryViewRetTmpPhantom)
TYPE(MemoryViewRetTmpPhantom)
TYPE(PhantomData_OsKeyboardRetTmpPhantom)
TYPE(OsKeyboardRetTmpPhantom)
TYPE(PhantomData_PhysicalMemoryRetTmpPhantom)
TYPE(PhysicalMemoryRetTmpPhantom)
TYPE(PhantomData_VirtualTranslateRetTmpPhantom)
TYPE(VirtualTranslateRetTmpPhantom)
TYPE(PhantomData_ref_OsInstanceContainer)
TYPE(ref_OsVtbl)
TYPE(OsVtbl)
TYPE(mut_OsInstanceContainer)
TYPE(OpaqueCallback_1)
TYPE(Callback_1)
TYPE(Address)
TYPE(u64)
TYPE(boolean)
TYPE(i32)
TYPE(OpaqueCallback_2)
TYPE(Callback_2)
TYPE(ProcessInfo)
TYPE(u32)
TYPE(ProcessState)
TYPE(ReprCString)
TYPE(NonNull_i8)
TYPE(i8)
TYPE(constptr_i8)
TYPE(ArchitectureIdent)
TYPE(usize)
TYPE(u8)
TYPE(mut_MaybeUninit_ProcessInfo)
TYPE(MaybeUninit_ProcessInfo)
TYPE(CSliceRef_1)
TYPE(constptr_u8)
TYPE(PhantomData_ref_u8)
TYPE(ref_u8)
TYPE(mut_MaybeUninit_ProcessInstance)
TYPE(MaybeUninit_ProcessInstance)
TYPE(ProcessInstance)
TYPE(ref_MemoryViewVtbl_1)
TYPE(MemoryViewVtbl_1)
TYPE(mut_ProcessInstanceContainer)
TYPE(ProcessInstanceContainer)
TYPE(PhantomData_ProcessRetTmpPhantom)
TYPE(ProcessRetTmpPhantom)
TYPE(MemOps_1)
TYPE(CIterator_1)
TYPE(mut_MaybeUninit_CTup3_1)
TYPE(MaybeUninit_CTup3_1)
TYPE(CTup3_1)
TYPE(CSliceMut_1)
TYPE(mutptr_u8)
TYPE(Option_mut_OpaqueCallback_1)
TYPE(mut_OpaqueCallback_1)
TYPE(OpaqueCallback_3)
TYPE(Callback_3)
TYPE(CTup2_1)
TYPE(MemOps_2)
TYPE(CIterator_2)
TYPE(mut_MaybeUninit_CTup3_2)
TYPE(MaybeUninit_CTup3_2)
TYPE(CTup3_2)
TYPE(Option_mut_OpaqueCallback_2)
TYPE(mut_OpaqueCallback_2)
TYPE(OpaqueCallback_4)
TYPE(Callback_4)
TYPE(CTup2_2)
TYPE(ref_ProcessInstanceContainer)
TYPE(MemoryViewMetadata)
TYPE(CIterator_3)
TYPE(mut_MaybeUninit_CTup2_1)
TYPE(MaybeUninit_CTup2_1)
TYPE(CSliceMut_2)
TYPE(mutptr_CTup2)
TYPE(PhantomData_ref_CTup2_1)
TYPE(ref_CTup2_1)
TYPE(CIterator_4)
TYPE(mut_MaybeUninit_CTup2_2)
TYPE(MaybeUninit_CTup2_2)
TYPE(CSliceRef_2)
TYPE(constptr_CTup2_1)
TYPE(PhantomData_ref_CTup2_2)
TYPE(ref_CTup2_2)
TYPE(PhantomData_ref_ProcessInstanceContainer)
TYPE(ref_ProcessVtbl_1)
TYPE(ProcessVtbl_1)
TYPE(Option_ref_ArchitectureIdent)
TYPE(ref_ArchitectureIdent)
TYPE(OpaqueCallback_5)
TYPE(Callback_5)
TYPE(ModuleAddressInfo)
TYPE(OpaqueCallback_6)
TYPE(Callback_6)
TYPE(ModuleInfo)
TYPE(mut_MaybeUninit_ModuleInfo)
TYPE(MaybeUninit_ModuleInfo)
TYPE(mut_MaybeUninit_Address)
TYPE(MaybeUninit_Address)
TYPE(ref_ModuleInfo)
TYPE(OpaqueCallback_7)
TYPE(Callback_7)
TYPE(ImportInfo)
TYPE(OpaqueCallback_8)
TYPE(Callback_8)
TYPE(ExportInfo)
TYPE(OpaqueCallback_9)
TYPE(Callback_9)
TYPE(SectionInfo)
TYPE(mut_MaybeUninit_ImportInfo)
TYPE(MaybeUninit_ImportInfo)
TYPE(mut_MaybeUninit_ExportInfo)
TYPE(MaybeUninit_ExportInfo)
TYPE(mut_MaybeUninit_SectionInfo)
TYPE(MaybeUninit_SectionInfo)
TYPE(ref_ProcessInfo)
TYPE(i64)
TYPE(OpaqueCallback_10)
TYPE(Callback_10)
TYPE(CTup3_3)
TYPE(PageType)
TYPE(Option_ref_VirtualTranslateVtbl_1)
TYPE(ref_VirtualTranslateVtbl_1)
TYPE(VirtualTranslateVtbl_1)
TYPE(CSliceRef_3)
TYPE(constptr_CTup2_2)
TYPE(CTup2_3)
TYPE(PhantomData_ref_CTup2_3)
TYPE(ref_CTup2_3)
TYPE(OpaqueCallback_11)
TYPE(Callback_11)
TYPE(VirtualTranslation)
TYPE(PhysicalAddress)
TYPE(OpaqueCallback_12)
TYPE(Callback_12)
TYPE(VirtualTranslationFail)
TYPE(mut_MaybeUninit_PhysicalAddress)
TYPE(MaybeUninit_PhysicalAddress)
TYPE(mut_MaybeUninit_Page)
TYPE(MaybeUninit_Page)
TYPE(Page)
TYPE(COption_2)
TYPE(mut_MaybeUninit_IntoProcessInstance)
TYPE(MaybeUninit_IntoProcessInstance)
TYPE(IntoProcessInstance)
TYPE(ref_CloneVtbl_2)
TYPE(CloneVtbl_2)
TYPE(ref_IntoProcessInstanceContainer)
TYPE(IntoProcessInstanceContainer)
TYPE(PhantomData_ref_IntoProcessInstanceContainer)
TYPE(ref_MemoryViewVtbl_2)
TYPE(MemoryViewVtbl_2)
TYPE(mut_IntoProcessInstanceContainer)
TYPE(ref_ProcessVtbl_2)
TYPE(ProcessVtbl_2)
TYPE(Option_ref_VirtualTranslateVtbl_2)
TYPE(ref_VirtualTranslateVtbl_2)
TYPE(VirtualTranslateVtbl_2)
TYPE(ref_OsInfo)
TYPE(OsInfo)
TYPE(Option_ref_MemoryViewVtbl)
TYPE(ref_MemoryViewVtbl_3)
TYPE(MemoryViewVtbl_3)
TYPE(Option_ref_OsKeyboardVtbl)
TYPE(ref_OsKeyboardVtbl)
TYPE(OsKeyboardVtbl)
TYPE(mut_MaybeUninit_CGlueTraitObj_1)
TYPE(MaybeUninit_CGlueTraitObj_1)
TYPE(CGlueTraitObj_1)
TYPE(ref_KeyboardVtbl_1)
TYPE(KeyboardVtbl_1)
TYPE(mut_CGlueObjContainer_1)
TYPE(CGlueObjContainer_1)
TYPE(PhantomData_KeyboardRetTmpPhantom)
TYPE(KeyboardRetTmpPhantom)
TYPE(mut_MaybeUninit_CGlueTraitObj_2)
TYPE(MaybeUninit_CGlueTraitObj_2)
TYPE(CGlueTraitObj_2)
TYPE(ref_KeyboardStateVtbl)
TYPE(KeyboardStateVtbl)
TYPE(ref_CGlueObjContainer_1)
TYPE(CGlueObjContainer_2)
TYPE(PhantomData_KeyboardStateRetTmpPhantom)
TYPE(KeyboardStateRetTmpPhantom)
TYPE(PhantomData_ref_CGlueObjContainer_1)
TYPE(PhantomData_ref_CGlueObjContainer_2)
TYPE(ref_CGlueObjContainer_2)
TYPE(mut_MaybeUninit_IntoKeyboard)
TYPE(MaybeUninit_IntoKeyboard)
TYPE(IntoKeyboard)
TYPE(ref_CloneVtbl_3)
TYPE(CloneVtbl_3)
TYPE(ref_IntoKeyboardContainer)
TYPE(IntoKeyboardContainer)
TYPE(PhantomData_ref_IntoKeyboardContainer)
TYPE(ref_KeyboardVtbl_2)
TYPE(KeyboardVtbl_2)
TYPE(mut_IntoKeyboardContainer)
TYPE(Option_ref_PhysicalMemoryVtbl)
TYPE(ref_PhysicalMemoryVtbl_1)
TYPE(PhysicalMemoryVtbl_1)
TYPE(MemOps_3)
TYPE(CIterator_5)
TYPE(mut_MaybeUninit_CTup3_3)
TYPE(MaybeUninit_CTup3_3)
TYPE(CTup3_4)
TYPE(MemOps_4)
TYPE(CIterator_6)
TYPE(mut_MaybeUninit_CTup3_4)
TYPE(MaybeUninit_CTup3_4)
TYPE(CTup3_5)
TYPE(PhysicalMemoryMetadata)
TYPE(CSliceRef_4)
TYPE(constptr_PhysicalMemoryMapping)
TYPE(PhysicalMemoryMapping)
TYPE(PhantomData_ref_PhysicalMemoryMapping)
TYPE(ref_PhysicalMemoryMapping)
TYPE(CGlueTraitObj_3)
TYPE(ref_MemoryViewVtbl_4)
TYPE(MemoryViewVtbl_4)
TYPE(mut_CGlueObjContainer_2)
TYPE(CGlueObjContainer_3)
TYPE(ref_CGlueObjContainer_3)
TYPE(PhantomData_ref_CGlueObjContainer_3)
TYPE(Option_ref_VirtualTranslateVtbl_3)
TYPE(ref_VirtualTranslateVtbl_3)
TYPE(VirtualTranslateVtbl_3)
TYPE_ID(ConnectorInstance, mfc_output_layout)
TYPE(ref_CloneVtbl_4)
TYPE(CloneVtbl_4)
TYPE(ref_ConnectorInstanceContainer)
TYPE(ConnectorInstanceContainer)
TYPE(PhantomData_ConnectorCpuStateRetTmpPhantom)
TYPE(ConnectorCpuStateRetTmpPhantom)
TYPE(PhantomData_ref_ConnectorInstanceContainer)
TYPE(ref_PhysicalMemoryVtbl_2)
TYPE(PhysicalMemoryVtbl_2)
TYPE(mut_ConnectorInstanceContainer)
TYPE(Option_ref_ConnectorCpuStateVtbl)
TYPE(ref_ConnectorCpuStateVtbl)
TYPE(ConnectorCpuStateVtbl)
TYPE(mut_MaybeUninit_CGlueTraitObj_3)
TYPE(MaybeUninit_CGlueTraitObj_3)
TYPE(CGlueTraitObj_4)
TYPE(ref_CpuStateVtbl_1)
TYPE(CpuStateVtbl_1)
TYPE(mut_CGlueObjContainer_3)
TYPE(CGlueObjContainer_4)
TYPE(PhantomData_CpuStateRetTmpPhantom)
TYPE(CpuStateRetTmpPhantom)
TYPE(PhantomData_ref_CGlueObjContainer_4)
TYPE(ref_CGlueObjContainer_4)
TYPE(mut_MaybeUninit_IntoCpuState)
TYPE(MaybeUninit_IntoCpuState)
TYPE(IntoCpuState)
TYPE(ref_CloneVtbl_5)
TYPE(CloneVtbl_5)
TYPE(ref_IntoCpuStateContainer)
TYPE(IntoCpuStateContainer)
TYPE(PhantomData_ref_IntoCpuStateContainer)
TYPE(ref_CpuStateVtbl_2)
TYPE(CpuStateVtbl_2)
TYPE(mut_IntoCpuStateContainer)

static const struct sabi_mono_type_layout m_COption = {
	.shared_vars = {SABI_STRING(strings, "field_0;None;Some;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "COption"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 10,
		.mod_path = "cglue::option",
	},
	.data.enumeration.tag = SABI_ENUM,
	.data.enumeration.enumeration = {
		SABI_ARRAY_OF(uint8_t, field_count, 0, 1),
		.variant_names = SABI_RANGE(8, 10), /* None;Some; */
		.fields = {
			SABI_ARRAY_OF(sabi_field, comp_fields,
				SABI_FIELD(0, 7, 0x0, 0, 0, 0) /* field_0 */
			),
		},
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_OsInstance = {
	.shared_vars = {
		SABI_STRING(strings,
			"vtbl_clone;vtbl_os;vtbl_memoryview;vtbl_oskeyboard;"
			"vtbl_physicalmemory;vtbl_virtualtranslate;container;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "OsInstance"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 18,
		.mod_path = "memflow::plugins::os::cglue_osinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x33, 4, 0, 0), /* vtbl_clone */
			SABI_FIELD(11, 7, 0x33, 4, 1, 0), /* vtbl_os */
			SABI_FIELD(19, 15, 0x33, 4, 2, 0), /* vtbl_memoryview */
			SABI_FIELD(35, 15, 0x33, 4, 3, 0), /* vtbl_oskeyboard */
			SABI_FIELD(51, 19, 0x33, 4, 4, 0), /* vtbl_physicalmemory */
			SABI_FIELD(71, 21, 0x33, 4, 5, 0), /* vtbl_virtualtranslate */
			SABI_FIELD(93, 9, 0x0, 4, 6, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ref = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "&"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_SHARED_REF},
	.generics = {.lifetime = "'a,", .lifetime_count = 1, .types = SABI_RANGE(0, 1)},
	SABI_ARRAY_OF(sabi_field, phantom_fields,
		SABI_FIELD(0, 1, 0x0, 0, 0, 0) /* 0 */
	),
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE},
	.mod_refl_mode = {.tag = SABI_REFLECT_DELEGATE_DEREF, .layout_index = 0},
};

static const struct sabi_mono_type_layout m_CloneVtbl = {
	.shared_vars = {
		SABI_STRING(strings, "clone;cont,_lt_cglue_a;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "CloneVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 1027,
		.mod_path = "cglue::ext::core::clone::cglue_clone::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 5, 0x0, 4, 0, 1), /* clone */
			SABI_FIELD(11, 11, 0x3, 4, 3, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* clone(cont) */
					.name = SABI_RANGE(0, 5), .contiguous_strings_offset = 6,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = 2, .paramret_lifetime_range = 0x3,
					.param_type_layouts = SABI_PARAMS(1, 1, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_AFunctionPointer_1 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "AFunctionPointer"),
	.item_info = {
		SABI_STRING(package_and_version, "abi_stable;0.10.3"), .line = 1474,
		.mod_path = "abi_stable::abi_stability::stable_abi_trait",
	},
	.data.tag = SABI_OPAQUE, .generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OsInstanceContainer = {
	.shared_vars = {
		SABI_STRING(strings,
			"instance;context;ret_tmp_clone;ret_tmp_os;ret_tmp_memoryview;"
			"ret_tmp_oskeyboard;ret_tmp_physicalmemory;ret_tmp_virtualtranslate;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "OsInstanceContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 18,
		.mod_path = "memflow::plugins::os::cglue_osinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 13, 0x0, 4, 2, 0), /* ret_tmp_clone */
			SABI_FIELD(31, 10, 0x0, 4, 3, 0), /* ret_tmp_os */
			SABI_FIELD(42, 18, 0x0, 4, 4, 0), /* ret_tmp_memoryview */
			SABI_FIELD(61, 18, 0x0, 4, 5, 0), /* ret_tmp_oskeyboard */
			SABI_FIELD(80, 22, 0x0, 4, 6, 0), /* ret_tmp_physicalmemory */
			SABI_FIELD(103, 24, 0x0, 4, 7, 0) /* ret_tmp_virtualtranslate */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CBox = {
	.shared_vars = {SABI_STRING(strings, "instance;drop_fn;,"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CBox"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 14,
		.mod_path = "cglue::boxed",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x3, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0) /* drop_fn */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* drop_fn() */
					.name = SABI_RANGE(9, 7), .contiguous_strings_offset = 17,
					.bound_lifetimes_len = 0, .param_names_len = 1,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 2, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges, 0, SABI_RANGE(0, 1)),
		},
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_mut = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "&mut"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_MUT_REF},
	.generics = {.lifetime = "'a,", .lifetime_count = 1, .types = SABI_RANGE(0, 1)},
	SABI_ARRAY_OF(sabi_field, phantom_fields,
		SABI_FIELD(0, 1, 0x0, 0, 0, 0) /* 0 */
	),
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE},
	.mod_refl_mode = {.tag = SABI_REFLECT_DELEGATE_DEREF, .layout_index = 0},
};

static const struct sabi_mono_type_layout m_c_void = {
	.shared_vars = {SABI_STRING(strings, "field_0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "c_void"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 19,
		.mod_path = "cglue::trait_group",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 4, 0, 0) /* field_0 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OpaqueField = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "OpaqueField"),
	.item_info = {
		SABI_STRING(package_and_version, "abi_stable;0.10.3"), .line = 1520,
		.mod_path = "abi_stable::abi_stability::stable_abi_trait",
	},
	.data.tag = SABI_OPAQUE, .generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_Option = {
	.shared_vars = {SABI_STRING(strings, "Some;None;;0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "Option"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "std::option",
	},
	.data.enumeration.tag = SABI_ENUM,
	.data.enumeration.enumeration = {
		SABI_ARRAY_OF(uint8_t, field_count, 1, 0),
		.variant_names = SABI_RANGE(0, 10), /* Some;None; */
		.fields = {
			SABI_ARRAY_OF(sabi_field, comp_fields,
				SABI_FIELD(11, 1, 0x0, 0, 0, 0) /* 0 */
			),
		},
	},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_OPTION_NON_ZERO},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_AFunctionPointer_2 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "AFunctionPointer"),
	.item_info = {
		SABI_STRING(package_and_version, "abi_stable;0.10.3"), .line = 1486,
		.mod_path = "abi_stable::abi_stability::stable_abi_trait",
	},
	.data.tag = SABI_OPAQUE, .generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CArc = {
	.shared_vars = {
		SABI_STRING(strings, "instance;clone_fn;,drop_fn;,"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "CArc"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 13,
		.mod_path = "cglue::arc",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x2, 4, 0, 0), /* instance */
			SABI_FIELD(9, 8, 0x0, 4, 1, 0), /* clone_fn */
			SABI_FIELD(19, 7, 0x0, 4, 1, 0) /* drop_fn */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* clone_fn() */
					.name = SABI_RANGE(9, 8), .contiguous_strings_offset = 18,
					.bound_lifetimes_len = 0, .param_names_len = 1,
					.return_type_layout = 0, .paramret_lifetime_range = 0x22,
					.param_type_layouts = SABI_PARAMS(1, 0, 0, 0, 0, 0),
				},
				{ /* drop_fn() */
					.name = SABI_RANGE(19, 7), .contiguous_strings_offset = 27,
					.bound_lifetimes_len = 0, .param_names_len = 1,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 2, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				0, SABI_RANGE(0, 1), SABI_RANGE(1, 1)
			),
		},
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_PhantomData = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "PhantomData"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "std::marker",
	},
	.data.fields.tag = SABI_STRUCT, .data.fields.fields = {.comp_fields = NOTHING},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)},
	SABI_ARRAY_OF(sabi_field, phantom_fields,
		SABI_FIELD(0, 1, 0x0, 0, 0, 0) /* 0 */
	),
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_CloneRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CloneRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 1027,
		.mod_path = "cglue::ext::core::clone::cglue_clone::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OsRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "OsRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 17,
		.mod_path = "memflow::os::root::cglue_os::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_MemoryViewRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "MemoryViewRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 53,
		.mod_path = "memflow::mem::memory_view::cglue_memoryview::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OsKeyboardRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "OsKeyboardRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 6,
		.mod_path = "memflow::os::keyboard::cglue_oskeyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_PhysicalMemoryRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "PhysicalMemoryRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 124,
		.mod_path = "memflow::mem::phys_mem::cglue_physicalmemory::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_VirtualTranslateRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "VirtualTranslateRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 102,
		.mod_path = "memflow::mem::virt_translate::cglue_virtualtranslate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OsVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"process_address_list_callback;"
			"cont,callback,process_info_list_callback;"
			"cont,callback,process_info_by_address;"
			"cont,address,ok_out,process_info_by_name;"
			"cont,name,ok_out,process_info_by_pid;cont,pid,ok_out,process_by_info;"
			"a,cont,info,ok_out,into_process_by_info;"
			"cont,info,ok_out,process_by_address;"
			"a,cont,addr,ok_out,process_by_name;a,cont,name,ok_out,process_by_pid;"
			"a,cont,pid,ok_out,into_process_by_address;"
			"cont,addr,ok_out,into_process_by_name;"
			"cont,name,ok_out,into_process_by_pid;"
			"cont,pid,ok_out,module_address_list_callback;"
			"cont,callback,module_list_callback;cont,callback,module_by_address;"
			"cont,address,ok_out,module_by_name;"
			"cont,name,ok_out,primary_module_address;cont,ok_out,primary_module;"
			"cont,ok_out,module_import_list_callback;"
			"cont,info,callback,module_export_list_callback;"
			"cont,info,callback,module_section_list_callback;"
			"cont,info,callback,module_import_by_name;"
			"cont,info,name,ok_out,module_export_by_name;"
			"cont,info,name,ok_out,module_section_by_name;"
			"cont,info,name,ok_out,info;cont,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "OsVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 17,
		.mod_path = "memflow::os::root::cglue_os::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 29, 0x0, 4, 0, 1), /* process_address_list_callback */
			SABI_FIELD(44, 26, 0x0, 4, 0, 1), /* process_info_list_callback */
			SABI_FIELD(85, 23, 0x0, 4, 0, 1), /* process_info_by_address */
			SABI_FIELD(129, 20, 0x0, 4, 0, 1), /* process_info_by_name */
			SABI_FIELD(167, 19, 0x0, 4, 0, 1), /* process_info_by_pid */
			SABI_FIELD(203, 15, 0x0, 4, 0, 1), /* process_by_info */
			SABI_FIELD(238, 20, 0x0, 4, 0, 1), /* into_process_by_info */
			SABI_FIELD(276, 18, 0x0, 4, 0, 1), /* process_by_address */
			SABI_FIELD(314, 15, 0x0, 4, 0, 1), /* process_by_name */
			SABI_FIELD(349, 14, 0x0, 4, 0, 1), /* process_by_pid */
			SABI_FIELD(382, 23, 0x0, 4, 0, 1), /* into_process_by_address */
			SABI_FIELD(423, 20, 0x0, 4, 0, 1), /* into_process_by_name */
			SABI_FIELD(461, 19, 0x0, 4, 0, 1), /* into_process_by_pid */
			SABI_FIELD(497, 28, 0x0, 4, 0, 1), /* module_address_list_callback */
			SABI_FIELD(540, 20, 0x0, 4, 0, 1), /* module_list_callback */
			SABI_FIELD(575, 17, 0x0, 4, 0, 1), /* module_by_address */
			SABI_FIELD(613, 14, 0x0, 4, 0, 1), /* module_by_name */
			SABI_FIELD(645, 22, 0x0, 4, 0, 1), /* primary_module_address */
			SABI_FIELD(680, 14, 0x0, 4, 0, 1), /* primary_module */
			SABI_FIELD(707, 27, 0x0, 4, 0, 1), /* module_import_list_callback */
			SABI_FIELD(754, 27, 0x0, 4, 0, 1), /* module_export_list_callback */
			SABI_FIELD(801, 28, 0x0, 4, 0, 1), /* module_section_list_callback */
			SABI_FIELD(849, 21, 0x0, 4, 0, 1), /* module_import_by_name */
			SABI_FIELD(893, 21, 0x0, 4, 0, 1), /* module_export_by_name */
			SABI_FIELD(937, 22, 0x0, 4, 0, 1), /* module_section_by_name */
			SABI_FIELD(982, 4, 0x0, 4, 0, 1), /* info */
			SABI_FIELD(992, 11, 0x3, 4, 26, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* process_address_list_callback(cont, callback) */
					.name = SABI_RANGE(0, 29), .contiguous_strings_offset = 30,
					.bound_lifetimes_len = 0, .param_names_len = 14,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* process_info_list_callback(cont, callback) */
					.name = SABI_RANGE(44, 26), .contiguous_strings_offset = 71,
					.bound_lifetimes_len = 0, .param_names_len = 14,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 4, 0, 0, 0),
				},
				{ /* process_info_by_address(cont, address, ok_out) */
					.name = SABI_RANGE(85, 23),
					.contiguous_strings_offset = 109, .bound_lifetimes_len = 0,
					.param_names_len = 20, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 6, 0, 0),
				},
				{ /* process_info_by_name(cont, name, ok_out) */
					.name = SABI_RANGE(129, 20),
					.contiguous_strings_offset = 150, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 7, 6, 0, 0),
				},
				{ /* process_info_by_pid(cont, pid, ok_out) */
					.name = SABI_RANGE(167, 19),
					.contiguous_strings_offset = 187, .bound_lifetimes_len = 0,
					.param_names_len = 16, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 8, 6, 0, 0),
				},
				{ /* process_by_info(cont, info, ok_out) */
					.name = SABI_RANGE(203, 15),
					.contiguous_strings_offset = 219, .bound_lifetimes_len = 2,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(3, 9, 10, 11, 0, 0),
				},
				{ /* into_process_by_info(cont, info, ok_out) */
					.name = SABI_RANGE(238, 20),
					.contiguous_strings_offset = 259, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(3, 12, 10, 13, 0, 0),
				},
				{ /* process_by_address(cont, addr, ok_out) */
					.name = SABI_RANGE(276, 18),
					.contiguous_strings_offset = 295, .bound_lifetimes_len = 2,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(3, 9, 5, 11, 0, 0),
				},
				{ /* process_by_name(cont, name, ok_out) */
					.name = SABI_RANGE(314, 15),
					.contiguous_strings_offset = 330, .bound_lifetimes_len = 2,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(3, 9, 7, 11, 0, 0),
				},
				{ /* process_by_pid(cont, pid, ok_out) */
					.name = SABI_RANGE(349, 14),
					.contiguous_strings_offset = 364, .bound_lifetimes_len = 2,
					.param_names_len = 16, .return_type_layout = 3,
					.paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(3, 9, 8, 11, 0, 0),
				},
				{ /* into_process_by_address(cont, addr, ok_out) */
					.name = SABI_RANGE(382, 23),
					.contiguous_strings_offset = 406, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(3, 12, 5, 13, 0, 0),
				},
				{ /* into_process_by_name(cont, name, ok_out) */
					.name = SABI_RANGE(423, 20),
					.contiguous_strings_offset = 444, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(3, 12, 7, 13, 0, 0),
				},
				{ /* into_process_by_pid(cont, pid, ok_out) */
					.name = SABI_RANGE(461, 19),
					.contiguous_strings_offset = 481, .bound_lifetimes_len = 0,
					.param_names_len = 16, .return_type_layout = 3,
					.paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(3, 12, 8, 13, 0, 0),
				},
				{ /* module_address_list_callback(cont, callback) */
					.name = SABI_RANGE(497, 28),
					.contiguous_strings_offset = 526, .bound_lifetimes_len = 0,
					.param_names_len = 14, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* module_list_callback(cont, callback) */
					.name = SABI_RANGE(540, 20),
					.contiguous_strings_offset = 561, .bound_lifetimes_len = 0,
					.param_names_len = 14, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 14, 0, 0, 0),
				},
				{ /* module_by_address(cont, address, ok_out) */
					.name = SABI_RANGE(575, 17),
					.contiguous_strings_offset = 593, .bound_lifetimes_len = 0,
					.param_names_len = 20, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 15, 0, 0),
				},
				{ /* module_by_name(cont, name, ok_out) */
					.name = SABI_RANGE(613, 14),
					.contiguous_strings_offset = 628, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 7, 15, 0, 0),
				},
				{ /* primary_module_address(cont, ok_out) */
					.name = SABI_RANGE(645, 22),
					.contiguous_strings_offset = 668, .bound_lifetimes_len = 0,
					.param_names_len = 12, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(2, 1, 16, 0, 0, 0),
				},
				{ /* primary_module(cont, ok_out) */
					.name = SABI_RANGE(680, 14),
					.contiguous_strings_offset = 695, .bound_lifetimes_len = 0,
					.param_names_len = 12, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(2, 1, 15, 0, 0, 0),
				},
				{ /* module_import_list_callback(cont, info, callback) */
					.name = SABI_RANGE(707, 27),
					.contiguous_strings_offset = 735, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 17, 18, 0, 0),
				},
				{ /* module_export_list_callback(cont, info, callback) */
					.name = SABI_RANGE(754, 27),
					.contiguous_strings_offset = 782, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 17, 19, 0, 0),
				},
				{ /* module_section_list_callback(cont, info, callback) */
					.name = SABI_RANGE(801, 28),
					.contiguous_strings_offset = 830, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 3,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 17, 20, 0, 0),
				},
				{ /* module_import_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(849, 21),
					.contiguous_strings_offset = 871, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 3,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 17, 7, 21, 0),
				},
				{ /* module_export_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(893, 21),
					.contiguous_strings_offset = 915, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 3,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 17, 7, 22, 0),
				},
				{ /* module_section_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(937, 22),
					.contiguous_strings_offset = 960, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 3,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 17, 7, 23, 0),
				},
				{ /* info(cont) */
					.name = SABI_RANGE(982, 4),
					.contiguous_strings_offset = 987, .bound_lifetimes_len = 0,
					.param_names_len = 5, .return_type_layout = 25,
					.paramret_lifetime_range = 0x44,
					.param_type_layouts = SABI_PARAMS(1, 24, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 1), SABI_RANGE(4, 1), SABI_RANGE(5, 1),
				SABI_RANGE(6, 1), SABI_RANGE(7, 1), SABI_RANGE(8, 1),
				SABI_RANGE(9, 1), SABI_RANGE(10, 1), SABI_RANGE(11, 1),
				SABI_RANGE(12, 1), SABI_RANGE(13, 1), SABI_RANGE(14, 1),
				SABI_RANGE(15, 1), SABI_RANGE(16, 1), SABI_RANGE(17, 1),
				SABI_RANGE(18, 1), SABI_RANGE(19, 1), SABI_RANGE(20, 1),
				SABI_RANGE(21, 1), SABI_RANGE(22, 1), SABI_RANGE(23, 1),
				SABI_RANGE(24, 1), SABI_RANGE(25, 1), SABI_RANGE(26, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OpaqueCallback = {
	.shared_vars = {SABI_STRING(strings, "field_0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "OpaqueCallback"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 21,
		.mod_path = "cglue::callback",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x3, 4, 0, 0) /* field_0 */
		),
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_Callback = {
	.shared_vars = {SABI_STRING(strings, "context;func;,,"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "Callback"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 32,
		.mod_path = "cglue::callback",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x3, 4, 0, 0), /* context */
			SABI_FIELD(8, 4, 0x0, 4, 1, 1) /* func */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* func() */
					.name = SABI_RANGE(8, 4), .contiguous_strings_offset = 13,
					.bound_lifetimes_len = 0, .param_names_len = 2,
					.return_type_layout = 4, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 2, 3, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges, 0, SABI_RANGE(0, 1)),
		},
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_Address = {
	.shared_vars = {SABI_STRING(strings, "field_0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "Address"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 193,
		.mod_path = "memflow::types::address",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 4, 0, 0) /* field_0 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_u64 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "u64"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_U64},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_boolean = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "bool"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_BOOL},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_i32 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "i32"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_I32},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ProcessInfo = {
	.shared_vars = {
		SABI_STRING(strings,
			"address;pid;state;name;path;command_line;sys_arch;proc_arch;dtb1;dtb2;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ProcessInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 357,
		.mod_path = "memflow::os::process",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* address */
			SABI_FIELD(8, 3, 0x0, 0, 1, 0), /* pid */
			SABI_FIELD(12, 5, 0x0, 0, 2, 0), /* state */
			SABI_FIELD(18, 4, 0x0, 0, 3, 0), /* name */
			SABI_FIELD(23, 4, 0x0, 0, 3, 0), /* path */
			SABI_FIELD(28, 12, 0x0, 0, 3, 0), /* command_line */
			SABI_FIELD(41, 8, 0x0, 0, 4, 0), /* sys_arch */
			SABI_FIELD(50, 9, 0x0, 0, 4, 0), /* proc_arch */
			SABI_FIELD(60, 4, 0x0, 0, 0, 0), /* dtb1 */
			SABI_FIELD(65, 4, 0x0, 0, 0, 0) /* dtb2 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_u32 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "u32"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_U32},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ProcessState = {
	.shared_vars = {
		SABI_STRING(strings, "field_0;Unknown;Alive;Dead;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ProcessState"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 28,
		.mod_path = "memflow::os::process",
	},
	.data.enumeration.tag = SABI_ENUM,
	.data.enumeration.enumeration = {
		SABI_ARRAY_OF(uint8_t, field_count, 0, 0, 1),
		.variant_names = SABI_RANGE(8, 19), /* Unknown;Alive;Dead; */
		.fields = {
			SABI_ARRAY_OF(sabi_field, comp_fields,
				SABI_FIELD(0, 7, 0x0, 0, 0, 0) /* field_0 */
			),
		},
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ReprCString = {
	.shared_vars = {SABI_STRING(strings, "field_0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ReprCString"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 18,
		.mod_path = "cglue::repr_cstring",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 4, 0, 0) /* field_0 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_NonNull = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "NonNull"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "std::ptr",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 1, 0x0, 0, 1, 0) /* 0 */
		),
	},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_i8 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "i8"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_I8},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_constptr = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "*const"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_CONST_PTR},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)},
	SABI_ARRAY_OF(sabi_field, phantom_fields,
		SABI_FIELD(0, 1, 0x0, 0, 0, 0) /* 0 */
	),
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ArchitectureIdent = {
	.shared_vars = {
		SABI_STRING(strings, "field_0;field_0;field_1;field_0;Unknown;X86;AArch64;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ArchitectureIdent"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 147,
		.mod_path = "memflow::architecture",
	},
	.data.enumeration.tag = SABI_ENUM,
	.data.enumeration.enumeration = {
		SABI_ARRAY_OF(uint8_t, field_count, 1, 2, 1),
		.variant_names = SABI_RANGE(32, 20), /* Unknown;X86;AArch64; */
		.fields = {
			SABI_ARRAY_OF(sabi_field, comp_fields,
				SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* field_0 */
				SABI_FIELD(8, 7, 0x0, 0, 1, 0), /* field_0 */
				SABI_FIELD(16, 7, 0x0, 0, 2, 0), /* field_1 */
				SABI_FIELD(24, 7, 0x0, 0, 0, 0) /* field_0 */
			),
		},
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_usize = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "usize"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_USIZE},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_u8 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "u8"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_U8},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_MaybeUninit = {
	.shared_vars = {SABI_STRING(strings, "value;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "MaybeUninit"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "std::mem",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 5, 0x0, 0, 0, 0) /* value */
		),
	},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CSliceRef = {
	.shared_vars = {SABI_STRING(strings, "data;len;_lifetime;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CSliceRef"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 31,
		.mod_path = "cglue::slice",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 4, 0, 0), /* data */
			SABI_FIELD(5, 3, 0x0, 4, 1, 0), /* len */
			SABI_FIELD(9, 9, 0x3, 4, 2, 0) /* _lifetime */
		),
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ProcessInstance = {
	.shared_vars = {
		SABI_STRING(strings,
			"vtbl_memoryview;vtbl_process;vtbl_virtualtranslate;container;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ProcessInstance"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::plugins::os::cglue_processinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 15, 0x33, 4, 0, 0), /* vtbl_memoryview */
			SABI_FIELD(16, 12, 0x33, 4, 1, 0), /* vtbl_process */
			SABI_FIELD(29, 21, 0x33, 4, 2, 0), /* vtbl_virtualtranslate */
			SABI_FIELD(51, 9, 0x0, 4, 3, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_MemoryViewVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"read_raw_iter;cont,data,write_raw_iter;cont,data,metadata;"
			"cont,read_iter;a,b,cont,inp,out,out_fail,read_raw_list;"
			"cont,data,read_raw_into;cont,addr,out,write_iter;"
			"a,b,cont,inp,out,out_fail,write_raw_list;cont,data,write_raw;"
			"cont,addr,data,_lt_cglue_a;"
		),
		SABI_ARRAY_OF(uint8_t, lifetime_indices,
			0x41, 0x51, 0x14, 0x45, 0x41, 0x51, 0x14, 0x45
		),
	},
	SABI_STRING(name, "MemoryViewVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 53,
		.mod_path = "memflow::mem::memory_view::cglue_memoryview::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 1), /* read_raw_iter */
			SABI_FIELD(24, 14, 0x0, 4, 0, 1), /* write_raw_iter */
			SABI_FIELD(49, 8, 0x0, 4, 0, 1), /* metadata */
			SABI_FIELD(63, 9, 0x0, 4, 0, 1), /* read_iter */
			SABI_FIELD(99, 13, 0x0, 4, 0, 1), /* read_raw_list */
			SABI_FIELD(123, 13, 0x0, 4, 0, 1), /* read_raw_into */
			SABI_FIELD(151, 10, 0x0, 4, 0, 1), /* write_iter */
			SABI_FIELD(188, 14, 0x0, 4, 0, 1), /* write_raw_list */
			SABI_FIELD(213, 9, 0x0, 4, 0, 1), /* write_raw */
			SABI_FIELD(238, 11, 0x3, 4, 16, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* read_raw_iter(cont, data) */
					.name = SABI_RANGE(0, 13), .contiguous_strings_offset = 14,
					.bound_lifetimes_len = 0, .param_names_len = 10,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* write_raw_iter(cont, data) */
					.name = SABI_RANGE(24, 14), .contiguous_strings_offset = 39,
					.bound_lifetimes_len = 0, .param_names_len = 10,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 4, 0, 0, 0),
				},
				{ /* metadata(cont) */
					.name = SABI_RANGE(49, 8), .contiguous_strings_offset = 58,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = 6, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 5, 0, 0, 0, 0),
				},
				{ /* read_iter(cont, inp, out, out_fail) */
					.name = SABI_RANGE(63, 9), .contiguous_strings_offset = 73,
					.bound_lifetimes_len = 4, .param_names_len = 22,
					.return_type_layout = 3,
					.paramret_lifetime_range = 0x108000,
					.param_type_layouts = SABI_PARAMS(4, 1, 7, 8, 8, 0),
				},
				{ /* read_raw_list(cont, data) */
					.name = SABI_RANGE(99, 13),
					.contiguous_strings_offset = 113, .bound_lifetimes_len = 0,
					.param_names_len = 10, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 9, 0, 0, 0),
				},
				{ /* read_raw_into(cont, addr, out) */
					.name = SABI_RANGE(123, 13),
					.contiguous_strings_offset = 137, .bound_lifetimes_len = 0,
					.param_names_len = 14, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 10, 11, 0, 0),
				},
				{ /* write_iter(cont, inp, out, out_fail) */
					.name = SABI_RANGE(151, 10),
					.contiguous_strings_offset = 162, .bound_lifetimes_len = 4,
					.param_names_len = 22, .return_type_layout = 3,
					.paramret_lifetime_range = 0x108004,
					.param_type_layouts = SABI_PARAMS(4, 1, 12, 13, 13, 0),
				},
				{ /* write_raw_list(cont, data) */
					.name = SABI_RANGE(188, 14),
					.contiguous_strings_offset = 203, .bound_lifetimes_len = 0,
					.param_names_len = 10, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 14, 0, 0, 0),
				},
				{ /* write_raw(cont, addr, data) */
					.name = SABI_RANGE(213, 9),
					.contiguous_strings_offset = 223, .bound_lifetimes_len = 0,
					.param_names_len = 15, .return_type_layout = 3,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 10, 15, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 1), SABI_RANGE(4, 1), SABI_RANGE(5, 1),
				SABI_RANGE(6, 1), SABI_RANGE(7, 1), SABI_RANGE(8, 1),
				SABI_RANGE(9, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ProcessInstanceContainer = {
	.shared_vars = {
		SABI_STRING(strings,
			"instance;context;ret_tmp_memoryview;ret_tmp_process;"
			"ret_tmp_virtualtranslate;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ProcessInstanceContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::plugins::os::cglue_processinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 18, 0x0, 4, 2, 0), /* ret_tmp_memoryview */
			SABI_FIELD(36, 15, 0x0, 4, 3, 0), /* ret_tmp_process */
			SABI_FIELD(52, 24, 0x0, 4, 4, 0) /* ret_tmp_virtualtranslate */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ProcessRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ProcessRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 54,
		.mod_path = "memflow::os::process::cglue_process::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_MemOps = {
	.shared_vars = {SABI_STRING(strings, "inp;out;out_fail;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "MemOps"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 58,
		.mod_path = "memflow::mem::mem_data",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 3, 0x4, 0, 0, 0), /* inp */
			SABI_FIELD(4, 3, 0x35, 0, 1, 0), /* out */
			SABI_FIELD(8, 8, 0x35, 0, 1, 0) /* out_fail */
		),
	},
	.generics = {.lifetime = "'a,'b,'c,", .lifetime_count = 3}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_CIterator = {
	.shared_vars = {SABI_STRING(strings, "iter;func;,out,"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CIterator"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 45,
		.mod_path = "cglue::iter",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x3, 4, 0, 0), /* iter */
			SABI_FIELD(5, 4, 0x0, 4, 1, 1) /* func */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* func(out) */
					.name = SABI_RANGE(5, 4), .contiguous_strings_offset = 10,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = 4, .paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(2, 2, 3, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges, 0, SABI_RANGE(0, 1)),
		},
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CTup3 = {
	.shared_vars = {
		SABI_STRING(strings, "field_0;field_1;field_2;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "CTup3"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 54,
		.mod_path = "cglue::tuple",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* field_0 */
			SABI_FIELD(8, 7, 0x0, 0, 1, 0), /* field_1 */
			SABI_FIELD(16, 7, 0x0, 0, 2, 0) /* field_2 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_CSliceMut = {
	.shared_vars = {SABI_STRING(strings, "data;len;_lifetime;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CSliceMut"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 148,
		.mod_path = "cglue::slice",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 4, 0, 0), /* data */
			SABI_FIELD(5, 3, 0x0, 4, 1, 0), /* len */
			SABI_FIELD(9, 9, 0x3, 4, 2, 0) /* _lifetime */
		),
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_mutptr = {
	.shared_vars = {SABI_STRING(strings, "0;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "*mut"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_MUT_PTR},
	.generics = {.lifetime = "", .types = SABI_RANGE(0, 1)},
	SABI_ARRAY_OF(sabi_field, phantom_fields,
		SABI_FIELD(0, 1, 0x0, 0, 0, 0) /* 0 */
	),
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_CTup2 = {
	.shared_vars = {SABI_STRING(strings, "field_0;field_1;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CTup2"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 47,
		.mod_path = "cglue::tuple",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* field_0 */
			SABI_FIELD(8, 7, 0x0, 0, 1, 0) /* field_1 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_MemoryViewMetadata = {
	.shared_vars = {
		SABI_STRING(strings, "max_address;real_size;readonly;little_endian;arch_bits;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "MemoryViewMetadata"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 864,
		.mod_path = "memflow::mem::memory_view",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 11, 0x0, 0, 0, 0), /* max_address */
			SABI_FIELD(12, 9, 0x0, 0, 1, 0), /* real_size */
			SABI_FIELD(22, 8, 0x0, 0, 2, 0), /* readonly */
			SABI_FIELD(31, 13, 0x0, 0, 2, 0), /* little_endian */
			SABI_FIELD(45, 9, 0x0, 0, 3, 0) /* arch_bits */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ProcessVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"state;cont,set_dtb;cont,dtb1,dtb2,module_address_list_callback;"
			"cont,target_arch,callback,module_list_callback;"
			"cont,target_arch,callback,module_by_address;"
			"cont,address,architecture,ok_out,module_by_name_arch;"
			"cont,name,architecture,ok_out,module_by_name;"
			"cont,name,ok_out,primary_module_address;cont,ok_out,primary_module;"
			"cont,ok_out,module_import_list_callback;"
			"cont,info,callback,module_export_list_callback;"
			"cont,info,callback,module_section_list_callback;"
			"cont,info,callback,module_import_by_name;"
			"cont,info,name,ok_out,module_export_by_name;"
			"cont,info,name,ok_out,module_section_by_name;"
			"cont,info,name,ok_out,info;cont,mapped_mem_range;"
			"cont,gap_size,start,end,out,mapped_mem;cont,gap_size,out,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ProcessVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 54,
		.mod_path = "memflow::os::process::cglue_process::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 5, 0x0, 4, 0, 1), /* state */
			SABI_FIELD(11, 7, 0x0, 4, 0, 1), /* set_dtb */
			SABI_FIELD(34, 28, 0x0, 4, 0, 1), /* module_address_list_callback */
			SABI_FIELD(89, 20, 0x0, 4, 0, 1), /* module_list_callback */
			SABI_FIELD(136, 17, 0x0, 4, 0, 1), /* module_by_address */
			SABI_FIELD(187, 19, 0x0, 4, 0, 1), /* module_by_name_arch */
			SABI_FIELD(237, 14, 0x0, 4, 0, 1), /* module_by_name */
			SABI_FIELD(269, 22, 0x0, 4, 0, 1), /* primary_module_address */
			SABI_FIELD(304, 14, 0x0, 4, 0, 1), /* primary_module */
			SABI_FIELD(331, 27, 0x0, 4, 0, 1), /* module_import_list_callback */
			SABI_FIELD(378, 27, 0x0, 4, 0, 1), /* module_export_list_callback */
			SABI_FIELD(425, 28, 0x0, 4, 0, 1), /* module_section_list_callback */
			SABI_FIELD(473, 21, 0x0, 4, 0, 1), /* module_import_by_name */
			SABI_FIELD(517, 21, 0x0, 4, 0, 1), /* module_export_by_name */
			SABI_FIELD(561, 22, 0x0, 4, 0, 1), /* module_section_by_name */
			SABI_FIELD(606, 4, 0x0, 4, 0, 1), /* info */
			SABI_FIELD(616, 16, 0x0, 4, 0, 1), /* mapped_mem_range */
			SABI_FIELD(661, 10, 0x0, 4, 0, 1), /* mapped_mem */
			SABI_FIELD(690, 11, 0x3, 4, 23, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* state(cont) */
					.name = SABI_RANGE(0, 5), .contiguous_strings_offset = 6,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = 2, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 1, 0, 0, 0, 0),
				},
				{ /* set_dtb(cont, dtb1, dtb2) */
					.name = SABI_RANGE(11, 7), .contiguous_strings_offset = 19,
					.bound_lifetimes_len = 0, .param_names_len = 15,
					.return_type_layout = 4, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 3, 3, 0, 0),
				},
				{ /* module_address_list_callback(cont, target_arch, callback) */
					.name = SABI_RANGE(34, 28), .contiguous_strings_offset = 63,
					.bound_lifetimes_len = 0, .param_names_len = 26,
					.return_type_layout = 4, .paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 6, 0, 0),
				},
				{ /* module_list_callback(cont, target_arch, callback) */
					.name = SABI_RANGE(89, 20),
					.contiguous_strings_offset = 110, .bound_lifetimes_len = 0,
					.param_names_len = 26, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 7, 0, 0),
				},
				{ /* module_by_address(cont, address, architecture, ok_out) */
					.name = SABI_RANGE(136, 17),
					.contiguous_strings_offset = 154, .bound_lifetimes_len = 0,
					.param_names_len = 33, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(4, 1, 3, 8, 9, 0),
				},
				{ /* module_by_name_arch(cont, name, architecture, ok_out) */
					.name = SABI_RANGE(187, 19),
					.contiguous_strings_offset = 207, .bound_lifetimes_len = 0,
					.param_names_len = 30, .return_type_layout = 4,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 10, 5, 9, 0),
				},
				{ /* module_by_name(cont, name, ok_out) */
					.name = SABI_RANGE(237, 14),
					.contiguous_strings_offset = 252, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 10, 9, 0, 0),
				},
				{ /* primary_module_address(cont, ok_out) */
					.name = SABI_RANGE(269, 22),
					.contiguous_strings_offset = 292, .bound_lifetimes_len = 0,
					.param_names_len = 12, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(2, 1, 11, 0, 0, 0),
				},
				{ /* primary_module(cont, ok_out) */
					.name = SABI_RANGE(304, 14),
					.contiguous_strings_offset = 319, .bound_lifetimes_len = 0,
					.param_names_len = 12, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(2, 1, 9, 0, 0, 0),
				},
				{ /* module_import_list_callback(cont, info, callback) */
					.name = SABI_RANGE(331, 27),
					.contiguous_strings_offset = 359, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 12, 13, 0, 0),
				},
				{ /* module_export_list_callback(cont, info, callback) */
					.name = SABI_RANGE(378, 27),
					.contiguous_strings_offset = 406, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 12, 14, 0, 0),
				},
				{ /* module_section_list_callback(cont, info, callback) */
					.name = SABI_RANGE(425, 28),
					.contiguous_strings_offset = 454, .bound_lifetimes_len = 0,
					.param_names_len = 19, .return_type_layout = 4,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 12, 15, 0, 0),
				},
				{ /* module_import_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(473, 21),
					.contiguous_strings_offset = 495, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 4,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 12, 10, 16, 0),
				},
				{ /* module_export_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(517, 21),
					.contiguous_strings_offset = 539, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 4,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 12, 10, 17, 0),
				},
				{ /* module_section_by_name(cont, info, name, ok_out) */
					.name = SABI_RANGE(561, 22),
					.contiguous_strings_offset = 584, .bound_lifetimes_len = 0,
					.param_names_len = 22, .return_type_layout = 4,
					.paramret_lifetime_range = 0x111,
					.param_type_layouts = SABI_PARAMS(4, 1, 12, 10, 18, 0),
				},
				{ /* info(cont) */
					.name = SABI_RANGE(606, 4),
					.contiguous_strings_offset = 611, .bound_lifetimes_len = 0,
					.param_names_len = 5, .return_type_layout = 20,
					.paramret_lifetime_range = 0x44,
					.param_type_layouts = SABI_PARAMS(1, 19, 0, 0, 0, 0),
				},
				{ /* mapped_mem_range(cont, gap_size, start, end, out) */
					.name = SABI_RANGE(616, 16),
					.contiguous_strings_offset = 633, .bound_lifetimes_len = 0,
					.param_names_len = 28,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(5, 1, 21, 3, 3, 22),
				},
				{ /* mapped_mem(cont, gap_size, out) */
					.name = SABI_RANGE(661, 10),
					.contiguous_strings_offset = 672, .bound_lifetimes_len = 0,
					.param_names_len = 18,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 21, 22, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 1), SABI_RANGE(4, 1), SABI_RANGE(5, 1),
				SABI_RANGE(6, 1), SABI_RANGE(7, 1), SABI_RANGE(8, 1),
				SABI_RANGE(9, 1), SABI_RANGE(10, 1), SABI_RANGE(11, 1),
				SABI_RANGE(12, 1), SABI_RANGE(13, 1), SABI_RANGE(14, 1),
				SABI_RANGE(15, 1), SABI_RANGE(16, 1), SABI_RANGE(17, 1),
				SABI_RANGE(18, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ModuleAddressInfo = {
	.shared_vars = {SABI_STRING(strings, "address;arch;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ModuleAddressInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 53,
		.mod_path = "memflow::os::module",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* address */
			SABI_FIELD(8, 4, 0x0, 0, 1, 0) /* arch */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ModuleInfo = {
	.shared_vars = {
		SABI_STRING(strings, "address;parent_process;base;size;name;path;arch;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ModuleInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 9,
		.mod_path = "memflow::os::module",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* address */
			SABI_FIELD(8, 14, 0x0, 0, 0, 0), /* parent_process */
			SABI_FIELD(23, 4, 0x0, 0, 0, 0), /* base */
			SABI_FIELD(28, 4, 0x0, 0, 1, 0), /* size */
			SABI_FIELD(33, 4, 0x0, 0, 2, 0), /* name */
			SABI_FIELD(38, 4, 0x0, 0, 2, 0), /* path */
			SABI_FIELD(43, 4, 0x0, 0, 3, 0) /* arch */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ImportInfo = {
	.shared_vars = {SABI_STRING(strings, "name;offset;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ImportInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 65,
		.mod_path = "memflow::os::module",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* name */
			SABI_FIELD(5, 6, 0x0, 0, 1, 0) /* offset */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ExportInfo = {
	.shared_vars = {SABI_STRING(strings, "name;offset;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ExportInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 79,
		.mod_path = "memflow::os::module",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* name */
			SABI_FIELD(5, 6, 0x0, 0, 1, 0) /* offset */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_SectionInfo = {
	.shared_vars = {SABI_STRING(strings, "name;base;size;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "SectionInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 93,
		.mod_path = "memflow::os::module",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* name */
			SABI_FIELD(5, 4, 0x0, 0, 1, 0), /* base */
			SABI_FIELD(10, 4, 0x0, 0, 2, 0) /* size */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_i64 = {
	.shared_vars = {SABI_STRING(strings, ""), .lifetime_indices = NOTHING},
	SABI_STRING(name, "i64"),
	.item_info = {
		SABI_STRING(package_and_version, "std;1.0.0"), .line = 0, .mod_path = "<prelude>",
	},
	.data.primitive.tag = SABI_PRIMITIVE, .data.primitive.primitive = {.tag = SABI_I64},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_PRIMITIVE}, .mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_PageType = {
	.shared_vars = {SABI_STRING(strings, "bits;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "PageType"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 11,
		.mod_path = "memflow::types::page",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 4, 0, 0) /* bits */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_TRANSPARENT}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_VirtualTranslateVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"virt_to_phys_list;cont,addrs,out,out_fail,virt_to_phys_range;"
			"cont,start,end,out,virt_translation_map_range;"
			"cont,start,end,out,virt_page_map_range;"
			"cont,gap_size,start,end,out,virt_to_phys;"
			"cont,address,ok_out,virt_page_info;"
			"cont,addr,ok_out,virt_translation_map;cont,out,phys_to_virt;"
			"cont,phys,virt_page_map;cont,gap_size,out,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "VirtualTranslateVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 102,
		.mod_path = "memflow::mem::virt_translate::cglue_virtualtranslate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 17, 0x0, 4, 0, 1), /* virt_to_phys_list */
			SABI_FIELD(42, 18, 0x0, 4, 0, 1), /* virt_to_phys_range */
			SABI_FIELD(80, 26, 0x0, 4, 0, 1), /* virt_translation_map_range */
			SABI_FIELD(126, 19, 0x0, 4, 0, 1), /* virt_page_map_range */
			SABI_FIELD(174, 12, 0x0, 4, 0, 1), /* virt_to_phys */
			SABI_FIELD(207, 14, 0x0, 4, 0, 1), /* virt_page_info */
			SABI_FIELD(239, 20, 0x0, 4, 0, 1), /* virt_translation_map */
			SABI_FIELD(269, 12, 0x0, 4, 0, 1), /* phys_to_virt */
			SABI_FIELD(292, 13, 0x0, 4, 0, 1), /* virt_page_map */
			SABI_FIELD(324, 11, 0x3, 4, 12, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* virt_to_phys_list(cont, addrs, out, out_fail) */
					.name = SABI_RANGE(0, 17), .contiguous_strings_offset = 18,
					.bound_lifetimes_len = 0, .param_names_len = 24,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(4, 1, 2, 3, 4, 0),
				},
				{ /* virt_to_phys_range(cont, start, end, out) */
					.name = SABI_RANGE(42, 18), .contiguous_strings_offset = 61,
					.bound_lifetimes_len = 0, .param_names_len = 19,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(4, 1, 5, 5, 3, 0),
				},
				{ /* virt_translation_map_range(cont, start, end, out) */
					.name = SABI_RANGE(80, 26),
					.contiguous_strings_offset = 107, .bound_lifetimes_len = 0,
					.param_names_len = 19,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(4, 1, 5, 5, 3, 0),
				},
				{ /* virt_page_map_range(cont, gap_size, start, end, out) */
					.name = SABI_RANGE(126, 19),
					.contiguous_strings_offset = 146, .bound_lifetimes_len = 0,
					.param_names_len = 28,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(5, 1, 6, 5, 5, 7),
				},
				{ /* virt_to_phys(cont, address, ok_out) */
					.name = SABI_RANGE(174, 12),
					.contiguous_strings_offset = 187, .bound_lifetimes_len = 0,
					.param_names_len = 20, .return_type_layout = 9,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 8, 0, 0),
				},
				{ /* virt_page_info(cont, addr, ok_out) */
					.name = SABI_RANGE(207, 14),
					.contiguous_strings_offset = 222, .bound_lifetimes_len = 0,
					.param_names_len = 17, .return_type_layout = 9,
					.paramret_lifetime_range = 0x11,
					.param_type_layouts = SABI_PARAMS(3, 1, 5, 10, 0, 0),
				},
				{ /* virt_translation_map(cont, out) */
					.name = SABI_RANGE(239, 20),
					.contiguous_strings_offset = 260, .bound_lifetimes_len = 0,
					.param_names_len = 9,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 3, 0, 0, 0),
				},
				{ /* phys_to_virt(cont, phys) */
					.name = SABI_RANGE(269, 12),
					.contiguous_strings_offset = 282, .bound_lifetimes_len = 0,
					.param_names_len = 10, .return_type_layout = 11,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 5, 0, 0, 0),
				},
				{ /* virt_page_map(cont, gap_size, out) */
					.name = SABI_RANGE(292, 13),
					.contiguous_strings_offset = 306, .bound_lifetimes_len = 0,
					.param_names_len = 18,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 6, 7, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 1), SABI_RANGE(4, 1), SABI_RANGE(5, 1),
				SABI_RANGE(6, 1), SABI_RANGE(7, 1), SABI_RANGE(8, 1),
				SABI_RANGE(9, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_VirtualTranslation = {
	.shared_vars = {
		SABI_STRING(strings, "in_virtual;size;out_physical;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "VirtualTranslation"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 647,
		.mod_path = "memflow::mem::virt_translate",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x0, 0, 0, 0), /* in_virtual */
			SABI_FIELD(11, 4, 0x0, 0, 1, 0), /* size */
			SABI_FIELD(16, 12, 0x0, 0, 2, 0) /* out_physical */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_PhysicalAddress = {
	.shared_vars = {
		SABI_STRING(strings, "address;page_type;page_size_log2;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "PhysicalAddress"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::types::physical_address",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 0, 0, 0), /* address */
			SABI_FIELD(8, 9, 0x0, 0, 1, 0), /* page_type */
			SABI_FIELD(18, 14, 0x0, 4, 2, 0) /* page_size_log2 */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_VirtualTranslationFail = {
	.shared_vars = {SABI_STRING(strings, "from;size;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "VirtualTranslationFail"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 675,
		.mod_path = "memflow::mem::virt_translate",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* from */
			SABI_FIELD(5, 4, 0x0, 0, 1, 0) /* size */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_Page = {
	.shared_vars = {
		SABI_STRING(strings, "page_type;page_base;page_size;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "Page"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 69,
		.mod_path = "memflow::types::page",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 9, 0x0, 0, 0, 0), /* page_type */
			SABI_FIELD(10, 9, 0x0, 0, 1, 0), /* page_base */
			SABI_FIELD(20, 9, 0x0, 0, 2, 0) /* page_size */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_IntoProcessInstance = {
	.shared_vars = {
		SABI_STRING(strings,
			"vtbl_clone;vtbl_memoryview;vtbl_process;vtbl_virtualtranslate;"
			"container;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoProcessInstance"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 22,
		.mod_path = "memflow::plugins::os::cglue_intoprocessinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x33, 4, 0, 0), /* vtbl_clone */
			SABI_FIELD(11, 15, 0x33, 4, 1, 0), /* vtbl_memoryview */
			SABI_FIELD(27, 12, 0x33, 4, 2, 0), /* vtbl_process */
			SABI_FIELD(40, 21, 0x33, 4, 3, 0), /* vtbl_virtualtranslate */
			SABI_FIELD(62, 9, 0x0, 4, 4, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_IntoProcessInstanceContainer = {
	.shared_vars = {
		SABI_STRING(strings,
			"instance;context;ret_tmp_clone;ret_tmp_memoryview;ret_tmp_process;"
			"ret_tmp_virtualtranslate;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoProcessInstanceContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 22,
		.mod_path = "memflow::plugins::os::cglue_intoprocessinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 13, 0x0, 4, 2, 0), /* ret_tmp_clone */
			SABI_FIELD(31, 18, 0x0, 4, 3, 0), /* ret_tmp_memoryview */
			SABI_FIELD(50, 15, 0x0, 4, 4, 0), /* ret_tmp_process */
			SABI_FIELD(66, 24, 0x0, 4, 5, 0) /* ret_tmp_virtualtranslate */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_OsInfo = {
	.shared_vars = {SABI_STRING(strings, "base;size;arch;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "OsInfo"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 419,
		.mod_path = "memflow::os::root",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* base */
			SABI_FIELD(5, 4, 0x0, 0, 1, 0), /* size */
			SABI_FIELD(10, 4, 0x0, 0, 2, 0) /* arch */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_OsKeyboardVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"keyboard;a,cont,ok_out,into_keyboard;cont,ok_out,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "OsKeyboardVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 6,
		.mod_path = "memflow::os::keyboard::cglue_oskeyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 1), /* keyboard */
			SABI_FIELD(23, 13, 0x0, 4, 0, 1), /* into_keyboard */
			SABI_FIELD(49, 11, 0x3, 4, 6, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* keyboard(cont, ok_out) */
					.name = SABI_RANGE(0, 8), .contiguous_strings_offset = 9,
					.bound_lifetimes_len = 2, .param_names_len = 12,
					.return_type_layout = 3, .paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* into_keyboard(cont, ok_out) */
					.name = SABI_RANGE(23, 13), .contiguous_strings_offset = 37,
					.bound_lifetimes_len = 0, .param_names_len = 12,
					.return_type_layout = 3, .paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(2, 4, 5, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CGlueTraitObj = {
	.shared_vars = {SABI_STRING(strings, "vtbl;container;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CGlueTraitObj"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 30,
		.mod_path = "cglue::trait_group",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x3, 4, 0, 0), /* vtbl */
			SABI_FIELD(5, 9, 0x0, 4, 1, 0) /* container */
		),
	},
	.generics = {.lifetime = "'a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_KeyboardVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"is_down;cont,vk,set_down;cont,vk,down,state;"
			"cglue_b,cont,ok_out,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "KeyboardVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 23,
		.mod_path = "memflow::os::keyboard::cglue_keyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 4, 0, 1), /* is_down */
			SABI_FIELD(16, 8, 0x0, 4, 0, 1), /* set_down */
			SABI_FIELD(38, 5, 0x0, 4, 0, 1), /* state */
			SABI_FIELD(64, 11, 0x3, 4, 6, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* is_down(cont, vk) */
					.name = SABI_RANGE(0, 7), .contiguous_strings_offset = 8,
					.bound_lifetimes_len = 0, .param_names_len = 8,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* set_down(cont, vk, down) */
					.name = SABI_RANGE(16, 8), .contiguous_strings_offset = 25,
					.bound_lifetimes_len = 0, .param_names_len = 13,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(3, 1, 2, 3, 0, 0),
				},
				{ /* state(cont, ok_out) */
					.name = SABI_RANGE(38, 5), .contiguous_strings_offset = 44,
					.bound_lifetimes_len = 8, .param_names_len = 12,
					.return_type_layout = 2, .paramret_lifetime_range = 0x2211,
					.param_type_layouts = SABI_PARAMS(2, 4, 5, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CGlueObjContainer = {
	.shared_vars = {
		SABI_STRING(strings, "instance;context;ret_tmp;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "CGlueObjContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "cglue;0.2.14"), .line = 50,
		.mod_path = "cglue::trait_group",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 7, 0x0, 4, 2, 0) /* ret_tmp */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_KeyboardRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "KeyboardRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 23,
		.mod_path = "memflow::os::keyboard::cglue_keyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_KeyboardStateVtbl = {
	.shared_vars = {
		SABI_STRING(strings, "is_down;cont,vk,_lt_cglue_a;"), .lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "KeyboardStateVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 36,
		.mod_path = "memflow::os::keyboard::cglue_keyboardstate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 7, 0x0, 4, 0, 1), /* is_down */
			SABI_FIELD(16, 11, 0x3, 4, 4, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* is_down(cont, vk) */
					.name = SABI_RANGE(0, 7), .contiguous_strings_offset = 8,
					.bound_lifetimes_len = 0, .param_names_len = 8,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_KeyboardStateRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "KeyboardStateRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 36,
		.mod_path = "memflow::os::keyboard::cglue_keyboardstate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_IntoKeyboard = {
	.shared_vars = {
		SABI_STRING(strings, "vtbl_clone;vtbl_keyboard;container;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoKeyboard"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::os::keyboard::cglue_intokeyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x33, 4, 0, 0), /* vtbl_clone */
			SABI_FIELD(11, 13, 0x33, 4, 1, 0), /* vtbl_keyboard */
			SABI_FIELD(25, 9, 0x0, 4, 2, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_IntoKeyboardContainer = {
	.shared_vars = {
		SABI_STRING(strings, "instance;context;ret_tmp_clone;ret_tmp_keyboard;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoKeyboardContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::os::keyboard::cglue_intokeyboard::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 13, 0x0, 4, 2, 0), /* ret_tmp_clone */
			SABI_FIELD(31, 16, 0x0, 4, 3, 0) /* ret_tmp_keyboard */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_PhysicalMemoryVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"phys_read_raw_iter;cont,data,phys_write_raw_iter;cont,data,metadata;"
			"cont,set_mem_map;cont,_mem_map,into_phys_view;cont,phys_view;"
			"cglue_c,cont,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "PhysicalMemoryVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 124,
		.mod_path = "memflow::mem::phys_mem::cglue_physicalmemory::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 18, 0x0, 4, 0, 1), /* phys_read_raw_iter */
			SABI_FIELD(29, 19, 0x0, 4, 0, 1), /* phys_write_raw_iter */
			SABI_FIELD(59, 8, 0x0, 4, 0, 1), /* metadata */
			SABI_FIELD(73, 11, 0x0, 4, 0, 1), /* set_mem_map */
			SABI_FIELD(99, 14, 0x0, 4, 0, 1), /* into_phys_view */
			SABI_FIELD(119, 9, 0x0, 4, 0, 1), /* phys_view */
			SABI_FIELD(142, 11, 0x3, 4, 12, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* phys_read_raw_iter(cont, data) */
					.name = SABI_RANGE(0, 18), .contiguous_strings_offset = 19,
					.bound_lifetimes_len = 0, .param_names_len = 10,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* phys_write_raw_iter(cont, data) */
					.name = SABI_RANGE(29, 19), .contiguous_strings_offset = 49,
					.bound_lifetimes_len = 0, .param_names_len = 10,
					.return_type_layout = 3, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 4, 0, 0, 0),
				},
				{ /* metadata(cont) */
					.name = SABI_RANGE(59, 8), .contiguous_strings_offset = 68,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = 6, .paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 5, 0, 0, 0, 0),
				},
				{ /* set_mem_map(cont, _mem_map) */
					.name = SABI_RANGE(73, 11), .contiguous_strings_offset = 85,
					.bound_lifetimes_len = 0, .param_names_len = 14,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(2, 1, 7, 0, 0, 0),
				},
				{ /* into_phys_view(cont) */
					.name = SABI_RANGE(99, 14),
					.contiguous_strings_offset = 114, .bound_lifetimes_len = 0,
					.param_names_len = 5, .return_type_layout = 9,
					.paramret_lifetime_range = 0x22,
					.param_type_layouts = SABI_PARAMS(1, 8, 0, 0, 0, 0),
				},
				{ /* phys_view(cont) */
					.name = SABI_RANGE(119, 9),
					.contiguous_strings_offset = 129, .bound_lifetimes_len = 8,
					.param_names_len = 5, .return_type_layout = 11,
					.paramret_lifetime_range = 0x444,
					.param_type_layouts = SABI_PARAMS(1, 10, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 1),
				SABI_RANGE(3, 1), SABI_RANGE(4, 1), SABI_RANGE(5, 1),
				SABI_RANGE(6, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_PhysicalMemoryMetadata = {
	.shared_vars = {
		SABI_STRING(strings, "max_address;real_size;readonly;ideal_batch_size;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "PhysicalMemoryMetadata"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 331,
		.mod_path = "memflow::mem::phys_mem",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 11, 0x0, 0, 0, 0), /* max_address */
			SABI_FIELD(12, 9, 0x0, 0, 1, 0), /* real_size */
			SABI_FIELD(22, 8, 0x0, 0, 2, 0), /* readonly */
			SABI_FIELD(31, 16, 0x0, 0, 3, 0) /* ideal_batch_size */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_PhysicalMemoryMapping = {
	.shared_vars = {SABI_STRING(strings, "base;size;real_base;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "PhysicalMemoryMapping"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 232,
		.mod_path = "memflow::mem::mem_map",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 4, 0x0, 0, 0, 0), /* base */
			SABI_FIELD(5, 4, 0x0, 0, 1, 0), /* size */
			SABI_FIELD(10, 9, 0x0, 0, 0, 0) /* real_base */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_MODULE},
};

static const struct sabi_mono_type_layout m_ConnectorInstance = {
	.shared_vars = {
		SABI_STRING(strings,
			"vtbl_clone;vtbl_physicalmemory;vtbl_connectorcpustate;container;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ConnectorInstance"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 22,
		.mod_path = "memflow::plugins::connector::cglue_connectorinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x33, 4, 0, 0), /* vtbl_clone */
			SABI_FIELD(11, 19, 0x33, 4, 1, 0), /* vtbl_physicalmemory */
			SABI_FIELD(31, 22, 0x33, 4, 2, 0), /* vtbl_connectorcpustate */
			SABI_FIELD(54, 9, 0x0, 4, 3, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ConnectorInstanceContainer = {
	.shared_vars = {
		SABI_STRING(strings,
			"instance;context;ret_tmp_clone;ret_tmp_physicalmemory;"
			"ret_tmp_connectorcpustate;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ConnectorInstanceContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 22,
		.mod_path = "memflow::plugins::connector::cglue_connectorinstance::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 13, 0x0, 4, 2, 0), /* ret_tmp_clone */
			SABI_FIELD(31, 22, 0x0, 4, 3, 0), /* ret_tmp_physicalmemory */
			SABI_FIELD(54, 25, 0x0, 4, 4, 0) /* ret_tmp_connectorcpustate */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ConnectorCpuStateRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "ConnectorCpuStateRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 6,
		.mod_path = "memflow::connector::cpu_state::cglue_connectorcpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_ConnectorCpuStateVtbl = {
	.shared_vars = {
		SABI_STRING(strings,
			"cpu_state;a,cont,ok_out,into_cpu_state;cont,ok_out,_lt_cglue_a;"
		),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "ConnectorCpuStateVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 6,
		.mod_path = "memflow::connector::cpu_state::cglue_connectorcpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 9, 0x0, 4, 0, 1), /* cpu_state */
			SABI_FIELD(24, 14, 0x0, 4, 0, 1), /* into_cpu_state */
			SABI_FIELD(51, 11, 0x3, 4, 6, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* cpu_state(cont, ok_out) */
					.name = SABI_RANGE(0, 9), .contiguous_strings_offset = 10,
					.bound_lifetimes_len = 2, .param_names_len = 12,
					.return_type_layout = 3, .paramret_lifetime_range = 0x4414,
					.param_type_layouts = SABI_PARAMS(2, 1, 2, 0, 0, 0),
				},
				{ /* into_cpu_state(cont, ok_out) */
					.name = SABI_RANGE(24, 14), .contiguous_strings_offset = 39,
					.bound_lifetimes_len = 0, .param_names_len = 12,
					.return_type_layout = 3, .paramret_lifetime_range = 0x221,
					.param_type_layouts = SABI_PARAMS(2, 4, 5, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CpuStateVtbl = {
	.shared_vars = {
		SABI_STRING(strings, "pause;cont,resume;cont,_lt_cglue_a;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "CpuStateVtbl"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 23,
		.mod_path = "memflow::connector::cpu_state::cglue_cpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 5, 0x0, 4, 0, 1), /* pause */
			SABI_FIELD(11, 6, 0x0, 4, 0, 1), /* resume */
			SABI_FIELD(23, 11, 0x3, 4, 2, 0) /* _lt_cglue_a */
		),
		.functions = &(const struct sabi_functions){
			SABI_ARRAY_OF(struct sabi_function, functions,
				{ /* pause(cont) */
					.name = SABI_RANGE(0, 5), .contiguous_strings_offset = 6,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 1, 0, 0, 0, 0),
				},
				{ /* resume(cont) */
					.name = SABI_RANGE(11, 6), .contiguous_strings_offset = 18,
					.bound_lifetimes_len = 0, .param_names_len = 5,
					.return_type_layout = SABI_RETURNS_UNIT,
					.paramret_lifetime_range = 0x1,
					.param_type_layouts = SABI_PARAMS(1, 1, 0, 0, 0, 0),
				}
			),
			SABI_ARRAY_OF(sabi_start_len, field_fn_ranges,
				SABI_RANGE(0, 1), SABI_RANGE(1, 1), SABI_RANGE(2, 0)
			),
		},
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_CpuStateRetTmpPhantom = {
	.shared_vars = {SABI_STRING(strings, "_ty_cglue_ctx;"), .lifetime_indices = NOTHING},
	SABI_STRING(name, "CpuStateRetTmpPhantom"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 23,
		.mod_path = "memflow::connector::cpu_state::cglue_cpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 13, 0x0, 4, 0, 0) /* _ty_cglue_ctx */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_IntoCpuState = {
	.shared_vars = {
		SABI_STRING(strings, "vtbl_clone;vtbl_cpustate;container;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoCpuState"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::connector::cpu_state::cglue_intocpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 10, 0x33, 4, 0, 0), /* vtbl_clone */
			SABI_FIELD(11, 13, 0x33, 4, 1, 0), /* vtbl_cpustate */
			SABI_FIELD(25, 9, 0x0, 4, 2, 0) /* container */
		),
	},
	.generics = {.lifetime = "'cglue_a,", .lifetime_count = 1}, .phantom_fields = NOTHING,
	.repr_attr = {.tag = SABI_REPR_C}, .mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

static const struct sabi_mono_type_layout m_IntoCpuStateContainer = {
	.shared_vars = {
		SABI_STRING(strings, "instance;context;ret_tmp_clone;ret_tmp_cpustate;"),
		.lifetime_indices = NOTHING,
	},
	SABI_STRING(name, "IntoCpuStateContainer"),
	.item_info = {
		SABI_STRING(package_and_version, "memflow;0.2.4"), .line = 21,
		.mod_path = "memflow::connector::cpu_state::cglue_intocpustate::cglue_internal",
	},
	.data.fields.tag = SABI_STRUCT,
	.data.fields.fields = {
		SABI_ARRAY_OF(sabi_field, comp_fields,
			SABI_FIELD(0, 8, 0x0, 4, 0, 0), /* instance */
			SABI_FIELD(9, 7, 0x0, 4, 1, 0), /* context */
			SABI_FIELD(17, 13, 0x0, 4, 2, 0), /* ret_tmp_clone */
			SABI_FIELD(31, 16, 0x0, 4, 3, 0) /* ret_tmp_cpustate */
		),
	},
	.generics = {.lifetime = ""}, .phantom_fields = NOTHING, .repr_attr = {.tag = SABI_REPR_C},
	.mod_refl_mode = {.tag = SABI_REFLECT_OPAQUE},
};

/* <LoadableConnector as Loadable>::CInputArg */
const struct sabi_type_layout mfc_input_layout = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_COption.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsInstance),
		.constants = NOTHING,
	},
	.mono = &m_COption, .alignment_power_of_two = 3, .size = 96,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_ISIZE, SABI_ARRAY_OF(uint64_t, values, 0, 1),
		},
	},
	.type_id = id_COption_1,
};

/* OsInstance<'cglue_a>: COption_1.field_0 */
static const struct sabi_type_layout t_OsInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsInstance.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CloneVtbl_1, get_ref_OsVtbl, get_Option_ref_MemoryViewVtbl,
			get_Option_ref_OsKeyboardVtbl, get_Option_ref_PhysicalMemoryVtbl,
			get_Option_ref_VirtualTranslateVtbl_3, get_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_OsInstance, .alignment_power_of_two = 3, .size = 88, .data.tag = SABI_STRUCT,
	.type_id = id_OsInstance,
};

/* &'a CloneVtbl<'cglue_a>: OsInstance.vtbl_clone */
static const struct sabi_type_layout t_ref_CloneVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CloneVtbl_1,
};

/* CloneVtbl<'cglue_a>: ref_CloneVtbl_1's phantom 0 */
static const struct sabi_type_layout t_CloneVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_OsInstanceContainer,
			get_OsInstanceContainer, get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CloneVtbl, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_CloneVtbl_1,
};

/* AFunctionPointer: CloneVtbl_1.clone */
static const struct sabi_type_layout t_AFunctionPointer_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_AFunctionPointer_1.shared_vars, .type_layouts = NOTHING,
		.constants = NOTHING,
	},
	.mono = &m_AFunctionPointer_1, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_OPAQUE, .type_id = id_AFunctionPointer_1,
};

/* &'a OsInstanceContainer: CloneVtbl_1.clone(cont) */
static const struct sabi_type_layout t_ref_OsInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_OsInstanceContainer,
};

/* OsInstanceContainer: OsInstance.container */
static const struct sabi_type_layout t_OsInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsInstanceContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CloneRetTmpPhantom,
			get_PhantomData_OsRetTmpPhantom, get_PhantomData_MemoryViewRetTmpPhantom,
			get_PhantomData_OsKeyboardRetTmpPhantom,
			get_PhantomData_PhysicalMemoryRetTmpPhantom,
			get_PhantomData_VirtualTranslateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_OsInstanceContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_OsInstanceContainer,
};

/* CBox<'a>: OsInstanceContainer.instance */
static const struct sabi_type_layout t_CBox = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CBox.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_Option_AFunctionPointer, get_mut_c_void
		),
		.constants = NOTHING,
	},
	.mono = &m_CBox, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CBox,
};

/* &'a mut c_void: CBox.instance */
static const struct sabi_type_layout t_mut_c_void = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_c_void),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_c_void,
};

/* c_void: mut_c_void's phantom 0 */
static const struct sabi_type_layout t_c_void = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_c_void.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OpaqueField),
		.constants = NOTHING,
	},
	.mono = &m_c_void, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_STRUCT,
	.type_id = id_c_void,
};

/* OpaqueField: c_void.field_0 */
static const struct sabi_type_layout t_OpaqueField = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueField.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_OpaqueField, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_OPAQUE,
	.type_id = id_OpaqueField,
};

/* Option<AFunctionPointer>: CBox.drop_fn */
static const struct sabi_type_layout t_Option_AFunctionPointer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_AFunctionPointer_2),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_AFunctionPointer,
};

/* AFunctionPointer: Option_AFunctionPointer.0 */
static const struct sabi_type_layout t_AFunctionPointer_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_AFunctionPointer_2.shared_vars, .type_layouts = NOTHING,
		.constants = NOTHING,
	},
	.mono = &m_AFunctionPointer_2, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_OPAQUE, .type_id = id_AFunctionPointer_2,
};

/* CArc: OsInstanceContainer.context */
static const struct sabi_type_layout t_CArc = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CArc.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Option_ref_c_void, get_Option_AFunctionPointer, get_Option_ref_c_void
		),
		.constants = NOTHING,
	},
	.mono = &m_CArc, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_CArc,
};

/* Option<&'a c_void>: CArc.instance */
static const struct sabi_type_layout t_Option_ref_c_void = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_c_void),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_c_void,
};

/* &'a c_void: Option_ref_c_void.0 */
static const struct sabi_type_layout t_ref_c_void = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_c_void),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_c_void,
};

/* PhantomData<CloneRetTmpPhantom>: OsInstanceContainer.ret_tmp_clone */
static const struct sabi_type_layout t_PhantomData_CloneRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_CloneRetTmpPhantom,
};

/* CloneRetTmpPhantom: PhantomData_CloneRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_CloneRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_CloneRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_CloneRetTmpPhantom,
};

/* PhantomData<CArc>: CloneRetTmpPhantom._ty_cglue_ctx */
static const struct sabi_type_layout t_PhantomData_CArc = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CArc), .constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_CArc,
};

/* PhantomData<OsRetTmpPhantom>: OsInstanceContainer.ret_tmp_os */
static const struct sabi_type_layout t_PhantomData_OsRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_OsRetTmpPhantom,
};

/* OsRetTmpPhantom: PhantomData_OsRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_OsRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_OsRetTmpPhantom, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_OsRetTmpPhantom,
};

/* PhantomData<MemoryViewRetTmpPhantom>: OsInstanceContainer.ret_tmp_memoryview */
static const struct sabi_type_layout t_PhantomData_MemoryViewRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MemoryViewRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_MemoryViewRetTmpPhantom,
};

/* MemoryViewRetTmpPhantom: PhantomData_MemoryViewRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_MemoryViewRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_MemoryViewRetTmpPhantom,
};

/* PhantomData<OsKeyboardRetTmpPhantom>: OsInstanceContainer.ret_tmp_oskeyboard */
static const struct sabi_type_layout t_PhantomData_OsKeyboardRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsKeyboardRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_OsKeyboardRetTmpPhantom,
};

/* OsKeyboardRetTmpPhantom: PhantomData_OsKeyboardRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_OsKeyboardRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsKeyboardRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_OsKeyboardRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_OsKeyboardRetTmpPhantom,
};

/* PhantomData<PhysicalMemoryRetTmpPhantom>: OsInstanceContainer.ret_tmp_physicalmemory */
static const struct sabi_type_layout t_PhantomData_PhysicalMemoryRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalMemoryRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_PhysicalMemoryRetTmpPhantom,
};

/* PhysicalMemoryRetTmpPhantom: PhantomData_PhysicalMemoryRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_PhysicalMemoryRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalMemoryRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalMemoryRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalMemoryRetTmpPhantom,
};

/* PhantomData<VirtualTranslateRetTmpPhantom>: OsInstanceContainer.ret_tmp_virtualtranslate */
static const struct sabi_type_layout t_PhantomData_VirtualTranslateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_VirtualTranslateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_VirtualTranslateRetTmpPhantom,
};

/* VirtualTranslateRetTmpPhantom: PhantomData_VirtualTranslateRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_VirtualTranslateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslateRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslateRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslateRetTmpPhantom,
};

/* PhantomData<&'a OsInstanceContainer>: CloneVtbl_1._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_OsInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_OsInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_OsInstanceContainer,
};

/* &'a OsVtbl<'cglue_a>: OsInstance.vtbl_os */
static const struct sabi_type_layout t_ref_OsVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsVtbl),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_OsVtbl,
};

/* OsVtbl<'cglue_a>: ref_OsVtbl's phantom 0 */
static const struct sabi_type_layout t_OsVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_OsInstanceContainer, get_OpaqueCallback_1,
			get_i32, get_OpaqueCallback_2, get_Address, get_mut_MaybeUninit_ProcessInfo,
			get_CSliceRef_1, get_u32, get_mut_OsInstanceContainer, get_ProcessInfo,
			get_mut_MaybeUninit_ProcessInstance, get_OsInstanceContainer,
			get_mut_MaybeUninit_IntoProcessInstance, get_OpaqueCallback_6,
			get_mut_MaybeUninit_ModuleInfo, get_mut_MaybeUninit_Address,
			get_ref_ModuleInfo, get_OpaqueCallback_7, get_OpaqueCallback_8,
			get_OpaqueCallback_9, get_mut_MaybeUninit_ImportInfo,
			get_mut_MaybeUninit_ExportInfo, get_mut_MaybeUninit_SectionInfo,
			get_ref_OsInstanceContainer, get_ref_OsInfo,
			get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_OsVtbl, .alignment_power_of_two = 3, .size = 208, .data.tag = SABI_STRUCT,
	.type_id = id_OsVtbl,
};

/* &'a mut OsInstanceContainer: OsVtbl.process_address_list_callback(cont) */
static const struct sabi_type_layout t_mut_OsInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_OsInstanceContainer,
};

/* OpaqueCallback<'a>: OsVtbl.process_address_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_1),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_1,
};

/* Callback<'a>: OpaqueCallback_1.field_0 */
static const struct sabi_type_layout t_Callback_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_Address,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_1,
};

/* Address: OsVtbl.process_info_by_address(address) */
static const struct sabi_type_layout t_Address = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Address.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_u64), .constants = NOTHING,
	},
	.mono = &m_Address, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_Address,
};

/* u64: Address.field_0 */
static const struct sabi_type_layout t_u64 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_u64.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_u64, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_u64,
};

/* bool: Callback_1.func()'s result */
static const struct sabi_type_layout t_boolean = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_boolean.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_boolean, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_PRIMITIVE,
	.type_id = id_boolean,
};

/* i32: OsVtbl.process_address_list_callback()'s result */
static const struct sabi_type_layout t_i32 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_i32.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_i32, .alignment_power_of_two = 2, .size = 4, .data.tag = SABI_PRIMITIVE,
	.type_id = id_i32,
};

/* OpaqueCallback<'a>: OsVtbl.process_info_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_2),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_2,
};

/* Callback<'a>: OpaqueCallback_2.field_0 */
static const struct sabi_type_layout t_Callback_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_ProcessInfo,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_2,
};

/* ProcessInfo: OsVtbl.process_by_info(info) */
static const struct sabi_type_layout t_ProcessInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u32, get_ProcessState, get_ReprCString,
			get_ArchitectureIdent
		),
		.constants = NOTHING,
	},
	.mono = &m_ProcessInfo, .alignment_power_of_two = 3, .size = 96, .data.tag = SABI_STRUCT,
	.type_id = id_ProcessInfo,
};

/* u32: OsVtbl.process_info_by_pid(pid) */
static const struct sabi_type_layout t_u32 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_u32.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_u32, .alignment_power_of_two = 2, .size = 4, .data.tag = SABI_PRIMITIVE,
	.type_id = id_u32,
};

/* ProcessState: ProcessInfo.state */
static const struct sabi_type_layout t_ProcessState = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessState.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_i32), .constants = NOTHING,
	},
	.mono = &m_ProcessState, .alignment_power_of_two = 2, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_ISIZE, SABI_ARRAY_OF(uint64_t, values, 0, 1, 2),
		},
	},
	.type_id = id_ProcessState,
};

/* ReprCString: ProcessInfo.name */
static const struct sabi_type_layout t_ReprCString = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ReprCString.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_NonNull_i8),
		.constants = NOTHING,
	},
	.mono = &m_ReprCString, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_STRUCT, .type_id = id_ReprCString,
};

/* NonNull<i8>: ReprCString.field_0 */
static const struct sabi_type_layout t_NonNull_i8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_NonNull.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_i8, get_constptr_i8),
		.constants = NOTHING,
	},
	.mono = &m_NonNull, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_STRUCT, .type_id = id_NonNull_i8,
};

/* i8: NonNull_i8's type parameter */
static const struct sabi_type_layout t_i8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_i8.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_i8, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_PRIMITIVE,
	.type_id = id_i8,
};

/* *const i8: NonNull_i8.0 */
static const struct sabi_type_layout t_constptr_i8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_constptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_i8), .constants = NOTHING,
	},
	.mono = &m_constptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_constptr_i8,
};

/* ArchitectureIdent: ProcessInfo.sys_arch */
static const struct sabi_type_layout t_ArchitectureIdent = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ArchitectureIdent.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_usize, get_u8, get_boolean),
		.constants = NOTHING,
	},
	.mono = &m_ArchitectureIdent, .alignment_power_of_two = 3, .size = 16,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_ISIZE, SABI_ARRAY_OF(uint64_t, values, 0, 1, 2),
		},
	},
	.type_id = id_ArchitectureIdent,
};

/* usize: ArchitectureIdent.field_0 */
static const struct sabi_type_layout t_usize = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_usize.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_usize, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_usize,
};

/* u8: ArchitectureIdent.field_0 */
static const struct sabi_type_layout t_u8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_u8.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_u8, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_PRIMITIVE,
	.type_id = id_u8,
};

/* &'a mut MaybeUninit<ProcessInfo>: OsVtbl.process_info_by_address(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_ProcessInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_ProcessInfo),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_ProcessInfo,
};

/* MaybeUninit<ProcessInfo>: mut_MaybeUninit_ProcessInfo's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_ProcessInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessInfo),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 96, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_ProcessInfo,
};

/* CSliceRef<'a>: OsVtbl.process_info_by_name(name) */
static const struct sabi_type_layout t_CSliceRef_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceRef.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_constptr_u8, get_usize, get_PhantomData_ref_u8
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceRef, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceRef_1,
};

/* *const u8: CSliceRef_1.data */
static const struct sabi_type_layout t_constptr_u8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_constptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_u8), .constants = NOTHING,
	},
	.mono = &m_constptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_constptr_u8,
};

/* PhantomData<&'a u8>: CSliceRef_1._lifetime */
static const struct sabi_type_layout t_PhantomData_ref_u8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_u8),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_u8,
};

/* &'a u8: PhantomData_ref_u8's phantom 0 */
static const struct sabi_type_layout t_ref_u8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_u8), .constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_u8,
};

/* &'a mut MaybeUninit<ProcessInstance<'cglue_a>>: OsVtbl.process_by_info(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_ProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_ProcessInstance),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_ProcessInstance,
};

/* MaybeUninit<ProcessInstance<'cglue_a>>: mut_MaybeUninit_ProcessInstance's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_ProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessInstance),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 64, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_ProcessInstance,
};

/* ProcessInstance<'cglue_a>: MaybeUninit_ProcessInstance.value */
static const struct sabi_type_layout t_ProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessInstance.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_MemoryViewVtbl_1, get_ref_ProcessVtbl_1,
			get_Option_ref_VirtualTranslateVtbl_1, get_ProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ProcessInstance, .alignment_power_of_two = 3, .size = 64,
	.data.tag = SABI_STRUCT, .type_id = id_ProcessInstance,
};

/* &'a MemoryViewVtbl<'cglue_a>: ProcessInstance.vtbl_memoryview */
static const struct sabi_type_layout t_ref_MemoryViewVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MemoryViewVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_MemoryViewVtbl_1,
};

/* MemoryViewVtbl<'cglue_a>: ref_MemoryViewVtbl_1's phantom 0 */
static const struct sabi_type_layout t_MemoryViewVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_ProcessInstanceContainer, get_MemOps_1,
			get_i32, get_MemOps_2, get_ref_ProcessInstanceContainer,
			get_MemoryViewMetadata, get_CIterator_3, get_Option_mut_OpaqueCallback_1,
			get_CSliceMut_2, get_Address, get_CSliceMut_1, get_CIterator_4,
			get_Option_mut_OpaqueCallback_2, get_CSliceRef_2, get_CSliceRef_1,
			get_PhantomData_ref_ProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewVtbl, .alignment_power_of_two = 3, .size = 72, .data.tag = SABI_STRUCT,
	.type_id = id_MemoryViewVtbl_1,
};

/* &'a mut ProcessInstanceContainer: MemoryViewVtbl_1.read_raw_iter(cont) */
static const struct sabi_type_layout t_mut_ProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_ProcessInstanceContainer,
};

/* ProcessInstanceContainer: ProcessInstance.container */
static const struct sabi_type_layout t_ProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessInstanceContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_MemoryViewRetTmpPhantom,
			get_PhantomData_ProcessRetTmpPhantom,
			get_PhantomData_VirtualTranslateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_ProcessInstanceContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_ProcessInstanceContainer,
};

/* PhantomData<ProcessRetTmpPhantom>: ProcessInstanceContainer.ret_tmp_process */
static const struct sabi_type_layout t_PhantomData_ProcessRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ProcessRetTmpPhantom,
};

/* ProcessRetTmpPhantom: PhantomData_ProcessRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_ProcessRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_ProcessRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_ProcessRetTmpPhantom,
};

/* MemOps<'a, 'b, 'c>: MemoryViewVtbl_1.read_raw_iter(data) */
static const struct sabi_type_layout t_MemOps_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemOps.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CIterator_1, get_Option_mut_OpaqueCallback_1
		),
		.constants = NOTHING,
	},
	.mono = &m_MemOps, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MemOps_1,
};

/* CIterator<'a>: MemOps_1.inp */
static const struct sabi_type_layout t_CIterator_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup3_1, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_1,
};

/* &'a mut MaybeUninit<CTup3>: CIterator_1.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup3_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup3_1),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup3_1,
};

/* MaybeUninit<CTup3>: mut_MaybeUninit_CTup3_1's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup3_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup3_1),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup3_1,
};

/* CTup3: MaybeUninit_CTup3_1.value */
static const struct sabi_type_layout t_CTup3_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup3.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_Address, get_CSliceMut_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CTup3, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_CTup3_1,
};

/* CSliceMut<'a>: MemoryViewVtbl_1.read_raw_into(out) */
static const struct sabi_type_layout t_CSliceMut_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceMut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mutptr_u8, get_usize, get_PhantomData_ref_u8
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceMut, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceMut_1,
};

/* *mut u8: CSliceMut_1.data */
static const struct sabi_type_layout t_mutptr_u8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mutptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_u8), .constants = NOTHING,
	},
	.mono = &m_mutptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_mutptr_u8,
};

/* Option<&'a mut OpaqueCallback<'a>>: MemoryViewVtbl_1.read_iter(out) */
static const struct sabi_type_layout t_Option_mut_OpaqueCallback_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_mut_OpaqueCallback_1),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_mut_OpaqueCallback_1,
};

/* &'a mut OpaqueCallback<'a>: Option_mut_OpaqueCallback_1.0 */
static const struct sabi_type_layout t_mut_OpaqueCallback_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OpaqueCallback_3),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_OpaqueCallback_1,
};

/* OpaqueCallback<'a>: mut_OpaqueCallback_1's phantom 0 */
static const struct sabi_type_layout t_OpaqueCallback_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_3),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_3,
};

/* Callback<'a>: OpaqueCallback_3.field_0 */
static const struct sabi_type_layout t_Callback_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_CTup2_1,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_3,
};

/* CTup2: Callback_3.func(_) */
static const struct sabi_type_layout t_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup2.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address, get_CSliceMut_1),
		.constants = NOTHING,
	},
	.mono = &m_CTup2, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_CTup2_1,
};

/* MemOps<'a, 'b, 'c>: MemoryViewVtbl_1.write_raw_iter(data) */
static const struct sabi_type_layout t_MemOps_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemOps.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CIterator_2, get_Option_mut_OpaqueCallback_2
		),
		.constants = NOTHING,
	},
	.mono = &m_MemOps, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MemOps_2,
};

/* CIterator<'a>: MemOps_2.inp */
static const struct sabi_type_layout t_CIterator_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup3_2, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_2,
};

/* &'a mut MaybeUninit<CTup3>: CIterator_2.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup3_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup3_2),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup3_2,
};

/* MaybeUninit<CTup3>: mut_MaybeUninit_CTup3_2's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup3_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup3_2),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup3_2,
};

/* CTup3: MaybeUninit_CTup3_2.value */
static const struct sabi_type_layout t_CTup3_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup3.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_Address, get_CSliceRef_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CTup3, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_CTup3_2,
};

/* Option<&'a mut OpaqueCallback<'a>>: MemoryViewVtbl_1.write_iter(out) */
static const struct sabi_type_layout t_Option_mut_OpaqueCallback_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_mut_OpaqueCallback_2),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_mut_OpaqueCallback_2,
};

/* &'a mut OpaqueCallback<'a>: Option_mut_OpaqueCallback_2.0 */
static const struct sabi_type_layout t_mut_OpaqueCallback_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OpaqueCallback_4),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_OpaqueCallback_2,
};

/* OpaqueCallback<'a>: mut_OpaqueCallback_2's phantom 0 */
static const struct sabi_type_layout t_OpaqueCallback_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_4),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_4,
};

/* Callback<'a>: OpaqueCallback_4.field_0 */
static const struct sabi_type_layout t_Callback_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_CTup2_2,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_4,
};

/* CTup2: Callback_4.func(_) */
static const struct sabi_type_layout t_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup2.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address, get_CSliceRef_1),
		.constants = NOTHING,
	},
	.mono = &m_CTup2, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_CTup2_2,
};

/* &'a ProcessInstanceContainer: MemoryViewVtbl_1.metadata(cont) */
static const struct sabi_type_layout t_ref_ProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ProcessInstanceContainer,
};

/* MemoryViewMetadata: MemoryViewVtbl_1.metadata()'s result */
static const struct sabi_type_layout t_MemoryViewMetadata = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewMetadata.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_boolean, get_u8
		),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewMetadata, .alignment_power_of_two = 3, .size = 24,
	.data.tag = SABI_STRUCT, .type_id = id_MemoryViewMetadata,
};

/* CIterator<'a>: MemoryViewVtbl_1.read_iter(inp) */
static const struct sabi_type_layout t_CIterator_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup2_1, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_3,
};

/* &'a mut MaybeUninit<CTup2>: CIterator_3.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup2_1),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup2_1,
};

/* MaybeUninit<CTup2>: mut_MaybeUninit_CTup2_1's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_1),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup2_1,
};

/* CSliceMut<'a>: MemoryViewVtbl_1.read_raw_list(data) */
static const struct sabi_type_layout t_CSliceMut_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceMut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mutptr_CTup2, get_usize, get_PhantomData_ref_CTup2_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceMut, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceMut_2,
};

/* *mut CTup2: CSliceMut_2.data */
static const struct sabi_type_layout t_mutptr_CTup2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mutptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_1),
		.constants = NOTHING,
	},
	.mono = &m_mutptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_mutptr_CTup2,
};

/* PhantomData<&'a CTup2>: CSliceMut_2._lifetime */
static const struct sabi_type_layout t_PhantomData_ref_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CTup2_1),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CTup2_1,
};

/* &'a CTup2: PhantomData_ref_CTup2_1's phantom 0 */
static const struct sabi_type_layout t_ref_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CTup2_1,
};

/* CIterator<'a>: MemoryViewVtbl_1.write_iter(inp) */
static const struct sabi_type_layout t_CIterator_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup2_2, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_4,
};

/* &'a mut MaybeUninit<CTup2>: CIterator_4.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup2_2),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup2_2,
};

/* MaybeUninit<CTup2>: mut_MaybeUninit_CTup2_2's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_2),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup2_2,
};

/* CSliceRef<'a>: MemoryViewVtbl_1.write_raw_list(data) */
static const struct sabi_type_layout t_CSliceRef_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceRef.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_constptr_CTup2_1, get_usize, get_PhantomData_ref_CTup2_2
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceRef, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceRef_2,
};

/* *const CTup2: CSliceRef_2.data */
static const struct sabi_type_layout t_constptr_CTup2_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_constptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_2),
		.constants = NOTHING,
	},
	.mono = &m_constptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_constptr_CTup2_1,
};

/* PhantomData<&'a CTup2>: CSliceRef_2._lifetime */
static const struct sabi_type_layout t_PhantomData_ref_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CTup2_2),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CTup2_2,
};

/* &'a CTup2: PhantomData_ref_CTup2_2's phantom 0 */
static const struct sabi_type_layout t_ref_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CTup2_2,
};

/* PhantomData<&'a ProcessInstanceContainer>: MemoryViewVtbl_1._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_ProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_ProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_ProcessInstanceContainer,
};

/* &'a ProcessVtbl<'cglue_a>: ProcessInstance.vtbl_process */
static const struct sabi_type_layout t_ref_ProcessVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ProcessVtbl_1,
};

/* ProcessVtbl<'cglue_a>: ref_ProcessVtbl_1's phantom 0 */
static const struct sabi_type_layout t_ProcessVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_ProcessInstanceContainer, get_ProcessState,
			get_Address, get_i32, get_Option_ref_ArchitectureIdent,
			get_OpaqueCallback_5, get_OpaqueCallback_6, get_ArchitectureIdent,
			get_mut_MaybeUninit_ModuleInfo, get_CSliceRef_1,
			get_mut_MaybeUninit_Address, get_ref_ModuleInfo, get_OpaqueCallback_7,
			get_OpaqueCallback_8, get_OpaqueCallback_9, get_mut_MaybeUninit_ImportInfo,
			get_mut_MaybeUninit_ExportInfo, get_mut_MaybeUninit_SectionInfo,
			get_ref_ProcessInstanceContainer, get_ref_ProcessInfo, get_i64,
			get_OpaqueCallback_10, get_PhantomData_ref_ProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ProcessVtbl, .alignment_power_of_two = 3, .size = 144, .data.tag = SABI_STRUCT,
	.type_id = id_ProcessVtbl_1,
};

/* Option<&'a ArchitectureIdent>: ProcessVtbl_1.module_address_list_callback(target_arch) */
static const struct sabi_type_layout t_Option_ref_ArchitectureIdent = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_ArchitectureIdent),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_ArchitectureIdent,
};

/* &'a ArchitectureIdent: Option_ref_ArchitectureIdent.0 */
static const struct sabi_type_layout t_ref_ArchitectureIdent = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ArchitectureIdent),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ArchitectureIdent,
};

/* OpaqueCallback<'a>: ProcessVtbl_1.module_address_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_5),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_5,
};

/* Callback<'a>: OpaqueCallback_5.field_0 */
static const struct sabi_type_layout t_Callback_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_ModuleAddressInfo, get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_5,
};

/* ModuleAddressInfo: Callback_5.func(_) */
static const struct sabi_type_layout t_ModuleAddressInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ModuleAddressInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_ArchitectureIdent
		),
		.constants = NOTHING,
	},
	.mono = &m_ModuleAddressInfo, .alignment_power_of_two = 3, .size = 24,
	.data.tag = SABI_STRUCT, .type_id = id_ModuleAddressInfo,
};

/* OpaqueCallback<'a>: OsVtbl.module_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_6 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_6),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_6,
};

/* Callback<'a>: OpaqueCallback_6.field_0 */
static const struct sabi_type_layout t_Callback_6 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_ModuleInfo,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_6,
};

/* ModuleInfo: Callback_6.func(_) */
static const struct sabi_type_layout t_ModuleInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ModuleInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_ReprCString, get_ArchitectureIdent
		),
		.constants = NOTHING,
	},
	.mono = &m_ModuleInfo, .alignment_power_of_two = 3, .size = 64, .data.tag = SABI_STRUCT,
	.type_id = id_ModuleInfo,
};

/* &'a mut MaybeUninit<ModuleInfo>: OsVtbl.module_by_address(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_ModuleInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_ModuleInfo),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_ModuleInfo,
};

/* MaybeUninit<ModuleInfo>: mut_MaybeUninit_ModuleInfo's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_ModuleInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ModuleInfo),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 64, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_ModuleInfo,
};

/* &'a mut MaybeUninit<Address>: OsVtbl.primary_module_address(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_Address = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_Address),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_Address,
};

/* MaybeUninit<Address>: mut_MaybeUninit_Address's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_Address = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_Address,
};

/* &'a ModuleInfo: OsVtbl.module_import_list_callback(info) */
static const struct sabi_type_layout t_ref_ModuleInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ModuleInfo),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ModuleInfo,
};

/* OpaqueCallback<'a>: OsVtbl.module_import_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_7 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_7),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_7,
};

/* Callback<'a>: OpaqueCallback_7.field_0 */
static const struct sabi_type_layout t_Callback_7 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_ImportInfo,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_7,
};

/* ImportInfo: Callback_7.func(_) */
static const struct sabi_type_layout t_ImportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ImportInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ReprCString, get_u64),
		.constants = NOTHING,
	},
	.mono = &m_ImportInfo, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_ImportInfo,
};

/* OpaqueCallback<'a>: OsVtbl.module_export_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_8),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_8,
};

/* Callback<'a>: OpaqueCallback_8.field_0 */
static const struct sabi_type_layout t_Callback_8 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_ExportInfo,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_8,
};

/* ExportInfo: Callback_8.func(_) */
static const struct sabi_type_layout t_ExportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ExportInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ReprCString, get_u64),
		.constants = NOTHING,
	},
	.mono = &m_ExportInfo, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_ExportInfo,
};

/* OpaqueCallback<'a>: OsVtbl.module_section_list_callback(callback) */
static const struct sabi_type_layout t_OpaqueCallback_9 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_9),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_9,
};

/* Callback<'a>: OpaqueCallback_9.field_0 */
static const struct sabi_type_layout t_Callback_9 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_SectionInfo,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_9,
};

/* SectionInfo: Callback_9.func(_) */
static const struct sabi_type_layout t_SectionInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_SectionInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ReprCString, get_Address, get_u64
		),
		.constants = NOTHING,
	},
	.mono = &m_SectionInfo, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_SectionInfo,
};

/* &'a mut MaybeUninit<ImportInfo>: OsVtbl.module_import_by_name(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_ImportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_ImportInfo),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_ImportInfo,
};

/* MaybeUninit<ImportInfo>: mut_MaybeUninit_ImportInfo's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_ImportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ImportInfo),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_ImportInfo,
};

/* &'a mut MaybeUninit<ExportInfo>: OsVtbl.module_export_by_name(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_ExportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_ExportInfo),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_ExportInfo,
};

/* MaybeUninit<ExportInfo>: mut_MaybeUninit_ExportInfo's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_ExportInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ExportInfo),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_ExportInfo,
};

/* &'a mut MaybeUninit<SectionInfo>: OsVtbl.module_section_by_name(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_SectionInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_SectionInfo),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_SectionInfo,
};

/* MaybeUninit<SectionInfo>: mut_MaybeUninit_SectionInfo's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_SectionInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_SectionInfo),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_SectionInfo,
};

/* &'a ProcessInfo: ProcessVtbl_1.info()'s result */
static const struct sabi_type_layout t_ref_ProcessInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessInfo),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ProcessInfo,
};

/* i64: ProcessVtbl_1.mapped_mem_range(gap_size) */
static const struct sabi_type_layout t_i64 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_i64.shared_vars, .type_layouts = NOTHING, .constants = NOTHING,
	},
	.mono = &m_i64, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_i64,
};

/* OpaqueCallback<'a>: ProcessVtbl_1.mapped_mem_range(out) */
static const struct sabi_type_layout t_OpaqueCallback_10 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_10),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_10,
};

/* Callback<'a>: OpaqueCallback_10.field_0 */
static const struct sabi_type_layout t_Callback_10 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void, get_CTup3_3,
			get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_10,
};

/* CTup3: Callback_10.func(_) */
static const struct sabi_type_layout t_CTup3_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup3.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_PageType
		),
		.constants = NOTHING,
	},
	.mono = &m_CTup3, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_CTup3_3,
};

/* PageType: CTup3_3.field_2 */
static const struct sabi_type_layout t_PageType = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PageType.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_u8), .constants = NOTHING,
	},
	.mono = &m_PageType, .alignment_power_of_two = 0, .size = 1, .data.tag = SABI_STRUCT,
	.type_id = id_PageType,
};

/* Option<&'a VirtualTranslateVtbl<'cglue_a>>: ProcessInstance.vtbl_virtualtranslate */
static const struct sabi_type_layout t_Option_ref_VirtualTranslateVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_VirtualTranslateVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_VirtualTranslateVtbl_1,
};

/* &'a VirtualTranslateVtbl<'cglue_a>: Option_ref_VirtualTranslateVtbl_1.0 */
static const struct sabi_type_layout t_ref_VirtualTranslateVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_VirtualTranslateVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_VirtualTranslateVtbl_1,
};

/* VirtualTranslateVtbl<'cglue_a>: ref_VirtualTranslateVtbl_1's phantom 0 */
static const struct sabi_type_layout t_VirtualTranslateVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_ProcessInstanceContainer, get_CSliceRef_3,
			get_OpaqueCallback_11, get_OpaqueCallback_12, get_Address, get_i64,
			get_OpaqueCallback_10, get_mut_MaybeUninit_PhysicalAddress, get_i32,
			get_mut_MaybeUninit_Page, get_COption_2,
			get_PhantomData_ref_ProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslateVtbl, .alignment_power_of_two = 3, .size = 72,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslateVtbl_1,
};

/* CSliceRef<'a>: VirtualTranslateVtbl_1.virt_to_phys_list(addrs) */
static const struct sabi_type_layout t_CSliceRef_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceRef.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_constptr_CTup2_2, get_usize, get_PhantomData_ref_CTup2_3
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceRef, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceRef_3,
};

/* *const CTup2: CSliceRef_3.data */
static const struct sabi_type_layout t_constptr_CTup2_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_constptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_3),
		.constants = NOTHING,
	},
	.mono = &m_constptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_constptr_CTup2_2,
};

/* CTup2: constptr_CTup2_2's phantom 0 */
static const struct sabi_type_layout t_CTup2_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup2.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address, get_u64),
		.constants = NOTHING,
	},
	.mono = &m_CTup2, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CTup2_3,
};

/* PhantomData<&'a CTup2>: CSliceRef_3._lifetime */
static const struct sabi_type_layout t_PhantomData_ref_CTup2_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CTup2_3),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CTup2_3,
};

/* &'a CTup2: PhantomData_ref_CTup2_3's phantom 0 */
static const struct sabi_type_layout t_ref_CTup2_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup2_3),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CTup2_3,
};

/* OpaqueCallback<'a>: VirtualTranslateVtbl_1.virt_to_phys_list(out) */
static const struct sabi_type_layout t_OpaqueCallback_11 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_11),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_11,
};

/* Callback<'a>: OpaqueCallback_11.field_0 */
static const struct sabi_type_layout t_Callback_11 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_VirtualTranslation, get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_11,
};

/* VirtualTranslation: Callback_11.func(_) */
static const struct sabi_type_layout t_VirtualTranslation = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslation.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_PhysicalAddress
		),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslation, .alignment_power_of_two = 3, .size = 32,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslation,
};

/* PhysicalAddress: VirtualTranslation.out_physical */
static const struct sabi_type_layout t_PhysicalAddress = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalAddress.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_PageType, get_u8
		),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalAddress, .alignment_power_of_two = 3, .size = 16,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalAddress,
};

/* OpaqueCallback<'a>: VirtualTranslateVtbl_1.virt_to_phys_list(out_fail) */
static const struct sabi_type_layout t_OpaqueCallback_12 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OpaqueCallback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Callback_12),
		.constants = NOTHING,
	},
	.mono = &m_OpaqueCallback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OpaqueCallback_12,
};

/* Callback<'a>: OpaqueCallback_12.field_0 */
static const struct sabi_type_layout t_Callback_12 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Callback.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_VirtualTranslationFail, get_boolean
		),
		.constants = NOTHING,
	},
	.mono = &m_Callback, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_Callback_12,
};

/* VirtualTranslationFail: Callback_12.func(_) */
static const struct sabi_type_layout t_VirtualTranslationFail = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslationFail.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address, get_u64),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslationFail, .alignment_power_of_two = 3, .size = 16,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslationFail,
};

/* &'a mut MaybeUninit<PhysicalAddress>: VirtualTranslateVtbl_1.virt_to_phys(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_PhysicalAddress = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_PhysicalAddress),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_PhysicalAddress,
};

/* MaybeUninit<PhysicalAddress>: mut_MaybeUninit_PhysicalAddress's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_PhysicalAddress = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalAddress),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_PhysicalAddress,
};

/* &'a mut MaybeUninit<Page>: VirtualTranslateVtbl_1.virt_page_info(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_Page = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_Page),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_Page,
};

/* MaybeUninit<Page>: mut_MaybeUninit_Page's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_Page = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Page), .constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_Page,
};

/* Page: MaybeUninit_Page.value */
static const struct sabi_type_layout t_Page = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Page.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_PageType, get_Address, get_u64
		),
		.constants = NOTHING,
	},
	.mono = &m_Page, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_Page,
};

/* COption: VirtualTranslateVtbl_1.phys_to_virt()'s result */
static const struct sabi_type_layout t_COption_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_COption.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address),
		.constants = NOTHING,
	},
	.mono = &m_COption, .alignment_power_of_two = 3, .size = 16,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_ISIZE, SABI_ARRAY_OF(uint64_t, values, 0, 1),
		},
	},
	.type_id = id_COption_2,
};

/* &'a mut MaybeUninit<IntoProcessInstance<'cglue_a>>: OsVtbl.into_process_by_info(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_IntoProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_MaybeUninit_IntoProcessInstance
		),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_IntoProcessInstance,
};

/* MaybeUninit<IntoProcessInstance<'cglue_a>>: mut_MaybeUninit_IntoProcessInstance's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_IntoProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoProcessInstance),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 72, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_IntoProcessInstance,
};

/* IntoProcessInstance<'cglue_a>: MaybeUninit_IntoProcessInstance.value */
static const struct sabi_type_layout t_IntoProcessInstance = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoProcessInstance.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CloneVtbl_2, get_ref_MemoryViewVtbl_2, get_ref_ProcessVtbl_2,
			get_Option_ref_VirtualTranslateVtbl_2, get_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoProcessInstance, .alignment_power_of_two = 3, .size = 72,
	.data.tag = SABI_STRUCT, .type_id = id_IntoProcessInstance,
};

/* &'a CloneVtbl<'cglue_a>: IntoProcessInstance.vtbl_clone */
static const struct sabi_type_layout t_ref_CloneVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CloneVtbl_2,
};

/* CloneVtbl<'cglue_a>: ref_CloneVtbl_2's phantom 0 */
static const struct sabi_type_layout t_CloneVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_IntoProcessInstanceContainer,
			get_IntoProcessInstanceContainer,
			get_PhantomData_ref_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CloneVtbl, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_CloneVtbl_2,
};

/* &'a IntoProcessInstanceContainer: CloneVtbl_2.clone(cont) */
static const struct sabi_type_layout t_ref_IntoProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_IntoProcessInstanceContainer,
};

/* IntoProcessInstanceContainer: IntoProcessInstance.container */
static const struct sabi_type_layout t_IntoProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoProcessInstanceContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CloneRetTmpPhantom,
			get_PhantomData_MemoryViewRetTmpPhantom,
			get_PhantomData_ProcessRetTmpPhantom,
			get_PhantomData_VirtualTranslateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoProcessInstanceContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_IntoProcessInstanceContainer,
};

/* PhantomData<&'a IntoProcessInstanceContainer>: CloneVtbl_2._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_IntoProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_IntoProcessInstanceContainer,
};

/* &'a MemoryViewVtbl<'cglue_a>: IntoProcessInstance.vtbl_memoryview */
static const struct sabi_type_layout t_ref_MemoryViewVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MemoryViewVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_MemoryViewVtbl_2,
};

/* MemoryViewVtbl<'cglue_a>: ref_MemoryViewVtbl_2's phantom 0 */
static const struct sabi_type_layout t_MemoryViewVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_IntoProcessInstanceContainer, get_MemOps_1,
			get_i32, get_MemOps_2, get_ref_IntoProcessInstanceContainer,
			get_MemoryViewMetadata, get_CIterator_3, get_Option_mut_OpaqueCallback_1,
			get_CSliceMut_2, get_Address, get_CSliceMut_1, get_CIterator_4,
			get_Option_mut_OpaqueCallback_2, get_CSliceRef_2, get_CSliceRef_1,
			get_PhantomData_ref_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewVtbl, .alignment_power_of_two = 3, .size = 72, .data.tag = SABI_STRUCT,
	.type_id = id_MemoryViewVtbl_2,
};

/* &'a mut IntoProcessInstanceContainer: MemoryViewVtbl_2.read_raw_iter(cont) */
static const struct sabi_type_layout t_mut_IntoProcessInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_IntoProcessInstanceContainer,
};

/* &'a ProcessVtbl<'cglue_a>: IntoProcessInstance.vtbl_process */
static const struct sabi_type_layout t_ref_ProcessVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ProcessVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ProcessVtbl_2,
};

/* ProcessVtbl<'cglue_a>: ref_ProcessVtbl_2's phantom 0 */
static const struct sabi_type_layout t_ProcessVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ProcessVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_IntoProcessInstanceContainer,
			get_ProcessState, get_Address, get_i32, get_Option_ref_ArchitectureIdent,
			get_OpaqueCallback_5, get_OpaqueCallback_6, get_ArchitectureIdent,
			get_mut_MaybeUninit_ModuleInfo, get_CSliceRef_1,
			get_mut_MaybeUninit_Address, get_ref_ModuleInfo, get_OpaqueCallback_7,
			get_OpaqueCallback_8, get_OpaqueCallback_9, get_mut_MaybeUninit_ImportInfo,
			get_mut_MaybeUninit_ExportInfo, get_mut_MaybeUninit_SectionInfo,
			get_ref_IntoProcessInstanceContainer, get_ref_ProcessInfo, get_i64,
			get_OpaqueCallback_10, get_PhantomData_ref_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ProcessVtbl, .alignment_power_of_two = 3, .size = 144, .data.tag = SABI_STRUCT,
	.type_id = id_ProcessVtbl_2,
};

/* Option<&'a VirtualTranslateVtbl<'cglue_a>>: IntoProcessInstance.vtbl_virtualtranslate */
static const struct sabi_type_layout t_Option_ref_VirtualTranslateVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_VirtualTranslateVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_VirtualTranslateVtbl_2,
};

/* &'a VirtualTranslateVtbl<'cglue_a>: Option_ref_VirtualTranslateVtbl_2.0 */
static const struct sabi_type_layout t_ref_VirtualTranslateVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_VirtualTranslateVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_VirtualTranslateVtbl_2,
};

/* VirtualTranslateVtbl<'cglue_a>: ref_VirtualTranslateVtbl_2's phantom 0 */
static const struct sabi_type_layout t_VirtualTranslateVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_IntoProcessInstanceContainer,
			get_CSliceRef_3, get_OpaqueCallback_11, get_OpaqueCallback_12, get_Address,
			get_i64, get_OpaqueCallback_10, get_mut_MaybeUninit_PhysicalAddress,
			get_i32, get_mut_MaybeUninit_Page, get_COption_2,
			get_PhantomData_ref_IntoProcessInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslateVtbl, .alignment_power_of_two = 3, .size = 72,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslateVtbl_2,
};

/* &'a OsInfo: OsVtbl.info()'s result */
static const struct sabi_type_layout t_ref_OsInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsInfo),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_OsInfo,
};

/* OsInfo: ref_OsInfo's phantom 0 */
static const struct sabi_type_layout t_OsInfo = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsInfo.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_ArchitectureIdent
		),
		.constants = NOTHING,
	},
	.mono = &m_OsInfo, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_OsInfo,
};

/* Option<&'a MemoryViewVtbl<'cglue_a>>: OsInstance.vtbl_memoryview */
static const struct sabi_type_layout t_Option_ref_MemoryViewVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_MemoryViewVtbl_3),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_MemoryViewVtbl,
};

/* &'a MemoryViewVtbl<'cglue_a>: Option_ref_MemoryViewVtbl.0 */
static const struct sabi_type_layout t_ref_MemoryViewVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MemoryViewVtbl_3),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_MemoryViewVtbl_3,
};

/* MemoryViewVtbl<'cglue_a>: ref_MemoryViewVtbl_3's phantom 0 */
static const struct sabi_type_layout t_MemoryViewVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_OsInstanceContainer, get_MemOps_1, get_i32,
			get_MemOps_2, get_ref_OsInstanceContainer, get_MemoryViewMetadata,
			get_CIterator_3, get_Option_mut_OpaqueCallback_1, get_CSliceMut_2,
			get_Address, get_CSliceMut_1, get_CIterator_4,
			get_Option_mut_OpaqueCallback_2, get_CSliceRef_2, get_CSliceRef_1,
			get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewVtbl, .alignment_power_of_two = 3, .size = 72, .data.tag = SABI_STRUCT,
	.type_id = id_MemoryViewVtbl_3,
};

/* Option<&'a OsKeyboardVtbl<'cglue_a>>: OsInstance.vtbl_oskeyboard */
static const struct sabi_type_layout t_Option_ref_OsKeyboardVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_OsKeyboardVtbl),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_OsKeyboardVtbl,
};

/* &'a OsKeyboardVtbl<'cglue_a>: Option_ref_OsKeyboardVtbl.0 */
static const struct sabi_type_layout t_ref_OsKeyboardVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_OsKeyboardVtbl),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_OsKeyboardVtbl,
};

/* OsKeyboardVtbl<'cglue_a>: ref_OsKeyboardVtbl's phantom 0 */
static const struct sabi_type_layout t_OsKeyboardVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_OsKeyboardVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_OsInstanceContainer,
			get_mut_MaybeUninit_CGlueTraitObj_1, get_i32, get_OsInstanceContainer,
			get_mut_MaybeUninit_IntoKeyboard, get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_OsKeyboardVtbl, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_OsKeyboardVtbl,
};

/* &'a mut MaybeUninit<CGlueTraitObj<'a>>: OsKeyboardVtbl.keyboard(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_CGlueTraitObj_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CGlueTraitObj_1),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CGlueTraitObj_1,
};

/* MaybeUninit<CGlueTraitObj<'a>>: mut_MaybeUninit_CGlueTraitObj_1's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CGlueTraitObj_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueTraitObj_1),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CGlueTraitObj_1,
};

/* CGlueTraitObj<'a>: MaybeUninit_CGlueTraitObj_1.value */
static const struct sabi_type_layout t_CGlueTraitObj_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueTraitObj.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_KeyboardVtbl_1, get_CGlueObjContainer_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueTraitObj, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_CGlueTraitObj_1,
};

/* &'a KeyboardVtbl<'cglue_a>: CGlueTraitObj_1.vtbl */
static const struct sabi_type_layout t_ref_KeyboardVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_KeyboardVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_KeyboardVtbl_1,
};

/* KeyboardVtbl<'cglue_a>: ref_KeyboardVtbl_1's phantom 0 */
static const struct sabi_type_layout t_KeyboardVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_KeyboardVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_CGlueObjContainer_1, get_i32, get_boolean,
			get_mut_CGlueObjContainer_1, get_mut_MaybeUninit_CGlueTraitObj_2,
			get_PhantomData_ref_CGlueObjContainer_2
		),
		.constants = NOTHING,
	},
	.mono = &m_KeyboardVtbl, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_KeyboardVtbl_1,
};

/* &'a mut CGlueObjContainer: KeyboardVtbl_1.is_down(cont) */
static const struct sabi_type_layout t_mut_CGlueObjContainer_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_1),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_CGlueObjContainer_1,
};

/* CGlueObjContainer: CGlueTraitObj_1.container */
static const struct sabi_type_layout t_CGlueObjContainer_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueObjContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_KeyboardRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueObjContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_CGlueObjContainer_1,
};

/* PhantomData<KeyboardRetTmpPhantom>: CGlueObjContainer_1.ret_tmp */
static const struct sabi_type_layout t_PhantomData_KeyboardRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_KeyboardRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_KeyboardRetTmpPhantom,
};

/* KeyboardRetTmpPhantom: PhantomData_KeyboardRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_KeyboardRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_KeyboardRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_KeyboardRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_KeyboardRetTmpPhantom,
};

/* &'a mut MaybeUninit<CGlueTraitObj<'a>>: KeyboardVtbl_1.state(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_CGlueTraitObj_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CGlueTraitObj_2),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CGlueTraitObj_2,
};

/* MaybeUninit<CGlueTraitObj<'a>>: mut_MaybeUninit_CGlueTraitObj_2's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CGlueTraitObj_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueTraitObj_2),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CGlueTraitObj_2,
};

/* CGlueTraitObj<'a>: MaybeUninit_CGlueTraitObj_2.value */
static const struct sabi_type_layout t_CGlueTraitObj_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueTraitObj.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_KeyboardStateVtbl, get_CGlueObjContainer_2
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueTraitObj, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_CGlueTraitObj_2,
};

/* &'a KeyboardStateVtbl<'cglue_a>: CGlueTraitObj_2.vtbl */
static const struct sabi_type_layout t_ref_KeyboardStateVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_KeyboardStateVtbl),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_KeyboardStateVtbl,
};

/* KeyboardStateVtbl<'cglue_a>: ref_KeyboardStateVtbl's phantom 0 */
static const struct sabi_type_layout t_KeyboardStateVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_KeyboardStateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_CGlueObjContainer_1, get_i32, get_boolean,
			get_PhantomData_ref_CGlueObjContainer_1
		),
		.constants = NOTHING,
	},
	.mono = &m_KeyboardStateVtbl, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_STRUCT, .type_id = id_KeyboardStateVtbl,
};

/* &'a CGlueObjContainer: KeyboardStateVtbl.is_down(cont) */
static const struct sabi_type_layout t_ref_CGlueObjContainer_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CGlueObjContainer_1,
};

/* CGlueObjContainer: CGlueTraitObj_2.container */
static const struct sabi_type_layout t_CGlueObjContainer_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueObjContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_KeyboardStateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueObjContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_CGlueObjContainer_2,
};

/* PhantomData<KeyboardStateRetTmpPhantom>: CGlueObjContainer_2.ret_tmp */
static const struct sabi_type_layout t_PhantomData_KeyboardStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_KeyboardStateRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_KeyboardStateRetTmpPhantom,
};

/* KeyboardStateRetTmpPhantom: PhantomData_KeyboardStateRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_KeyboardStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_KeyboardStateRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_KeyboardStateRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_KeyboardStateRetTmpPhantom,
};

/* PhantomData<&'a CGlueObjContainer>: KeyboardStateVtbl._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_CGlueObjContainer_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CGlueObjContainer_1),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CGlueObjContainer_1,
};

/* PhantomData<&'a CGlueObjContainer>: KeyboardVtbl_1._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_CGlueObjContainer_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CGlueObjContainer_2),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CGlueObjContainer_2,
};

/* &'a CGlueObjContainer: PhantomData_ref_CGlueObjContainer_2's phantom 0 */
static const struct sabi_type_layout t_ref_CGlueObjContainer_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CGlueObjContainer_2,
};

/* &'a mut MaybeUninit<IntoKeyboard<'cglue_a>>: OsKeyboardVtbl.into_keyboard(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_IntoKeyboard = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_IntoKeyboard),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_IntoKeyboard,
};

/* MaybeUninit<IntoKeyboard<'cglue_a>>: mut_MaybeUninit_IntoKeyboard's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_IntoKeyboard = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoKeyboard),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 56, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_IntoKeyboard,
};

/* IntoKeyboard<'cglue_a>: MaybeUninit_IntoKeyboard.value */
static const struct sabi_type_layout t_IntoKeyboard = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoKeyboard.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CloneVtbl_3, get_ref_KeyboardVtbl_2, get_IntoKeyboardContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoKeyboard, .alignment_power_of_two = 3, .size = 56, .data.tag = SABI_STRUCT,
	.type_id = id_IntoKeyboard,
};

/* &'a CloneVtbl<'cglue_a>: IntoKeyboard.vtbl_clone */
static const struct sabi_type_layout t_ref_CloneVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneVtbl_3),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CloneVtbl_3,
};

/* CloneVtbl<'cglue_a>: ref_CloneVtbl_3's phantom 0 */
static const struct sabi_type_layout t_CloneVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_IntoKeyboardContainer,
			get_IntoKeyboardContainer, get_PhantomData_ref_IntoKeyboardContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CloneVtbl, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_CloneVtbl_3,
};

/* &'a IntoKeyboardContainer: CloneVtbl_3.clone(cont) */
static const struct sabi_type_layout t_ref_IntoKeyboardContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoKeyboardContainer),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_IntoKeyboardContainer,
};

/* IntoKeyboardContainer: IntoKeyboard.container */
static const struct sabi_type_layout t_IntoKeyboardContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoKeyboardContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CloneRetTmpPhantom,
			get_PhantomData_KeyboardRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoKeyboardContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_IntoKeyboardContainer,
};

/* PhantomData<&'a IntoKeyboardContainer>: CloneVtbl_3._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_IntoKeyboardContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_IntoKeyboardContainer),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_IntoKeyboardContainer,
};

/* &'a KeyboardVtbl<'cglue_a>: IntoKeyboard.vtbl_keyboard */
static const struct sabi_type_layout t_ref_KeyboardVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_KeyboardVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_KeyboardVtbl_2,
};

/* KeyboardVtbl<'cglue_a>: ref_KeyboardVtbl_2's phantom 0 */
static const struct sabi_type_layout t_KeyboardVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_KeyboardVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_IntoKeyboardContainer, get_i32, get_boolean,
			get_mut_IntoKeyboardContainer, get_mut_MaybeUninit_CGlueTraitObj_2,
			get_PhantomData_ref_IntoKeyboardContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_KeyboardVtbl, .alignment_power_of_two = 3, .size = 24, .data.tag = SABI_STRUCT,
	.type_id = id_KeyboardVtbl_2,
};

/* &'a mut IntoKeyboardContainer: KeyboardVtbl_2.is_down(cont) */
static const struct sabi_type_layout t_mut_IntoKeyboardContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoKeyboardContainer),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_IntoKeyboardContainer,
};

/* Option<&'a PhysicalMemoryVtbl<'cglue_a>>: OsInstance.vtbl_physicalmemory */
static const struct sabi_type_layout t_Option_ref_PhysicalMemoryVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_PhysicalMemoryVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_PhysicalMemoryVtbl,
};

/* &'a PhysicalMemoryVtbl<'cglue_a>: Option_ref_PhysicalMemoryVtbl.0 */
static const struct sabi_type_layout t_ref_PhysicalMemoryVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalMemoryVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_PhysicalMemoryVtbl_1,
};

/* PhysicalMemoryVtbl<'cglue_a>: ref_PhysicalMemoryVtbl_1's phantom 0 */
static const struct sabi_type_layout t_PhysicalMemoryVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalMemoryVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_OsInstanceContainer, get_MemOps_3, get_i32,
			get_MemOps_4, get_ref_OsInstanceContainer, get_PhysicalMemoryMetadata,
			get_CSliceRef_4, get_OsInstanceContainer, get_CGlueTraitObj_3,
			get_mut_OsInstanceContainer, get_CGlueTraitObj_3,
			get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalMemoryVtbl, .alignment_power_of_two = 3, .size = 48,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalMemoryVtbl_1,
};

/* MemOps<'a, 'b, 'c>: PhysicalMemoryVtbl_1.phys_read_raw_iter(data) */
static const struct sabi_type_layout t_MemOps_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemOps.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CIterator_5, get_Option_mut_OpaqueCallback_1
		),
		.constants = NOTHING,
	},
	.mono = &m_MemOps, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MemOps_3,
};

/* CIterator<'a>: MemOps_3.inp */
static const struct sabi_type_layout t_CIterator_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup3_3, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_5,
};

/* &'a mut MaybeUninit<CTup3>: CIterator_5.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup3_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup3_3),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup3_3,
};

/* MaybeUninit<CTup3>: mut_MaybeUninit_CTup3_3's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup3_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup3_4),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 40, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup3_3,
};

/* CTup3: MaybeUninit_CTup3_3.value */
static const struct sabi_type_layout t_CTup3_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup3.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_PhysicalAddress, get_Address, get_CSliceMut_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CTup3, .alignment_power_of_two = 3, .size = 40, .data.tag = SABI_STRUCT,
	.type_id = id_CTup3_4,
};

/* MemOps<'a, 'b, 'c>: PhysicalMemoryVtbl_1.phys_write_raw_iter(data) */
static const struct sabi_type_layout t_MemOps_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemOps.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CIterator_6, get_Option_mut_OpaqueCallback_2
		),
		.constants = NOTHING,
	},
	.mono = &m_MemOps, .alignment_power_of_two = 3, .size = 32, .data.tag = SABI_STRUCT,
	.type_id = id_MemOps_4,
};

/* CIterator<'a>: MemOps_4.inp */
static const struct sabi_type_layout t_CIterator_6 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CIterator.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_mut_c_void, get_AFunctionPointer_1, get_mut_c_void,
			get_mut_MaybeUninit_CTup3_4, get_i32
		),
		.constants = NOTHING,
	},
	.mono = &m_CIterator, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CIterator_6,
};

/* &'a mut MaybeUninit<CTup3>: CIterator_6.func(_) */
static const struct sabi_type_layout t_mut_MaybeUninit_CTup3_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CTup3_4),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CTup3_4,
};

/* MaybeUninit<CTup3>: mut_MaybeUninit_CTup3_4's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CTup3_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CTup3_5),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 40, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CTup3_4,
};

/* CTup3: MaybeUninit_CTup3_4.value */
static const struct sabi_type_layout t_CTup3_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CTup3.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_PhysicalAddress, get_Address, get_CSliceRef_1
		),
		.constants = NOTHING,
	},
	.mono = &m_CTup3, .alignment_power_of_two = 3, .size = 40, .data.tag = SABI_STRUCT,
	.type_id = id_CTup3_5,
};

/* PhysicalMemoryMetadata: PhysicalMemoryVtbl_1.metadata()'s result */
static const struct sabi_type_layout t_PhysicalMemoryMetadata = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalMemoryMetadata.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_Address, get_u64, get_boolean, get_u32
		),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalMemoryMetadata, .alignment_power_of_two = 3, .size = 24,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalMemoryMetadata,
};

/* CSliceRef<'a>: PhysicalMemoryVtbl_1.set_mem_map(_mem_map) */
static const struct sabi_type_layout t_CSliceRef_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CSliceRef.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_constptr_PhysicalMemoryMapping, get_usize,
			get_PhantomData_ref_PhysicalMemoryMapping
		),
		.constants = NOTHING,
	},
	.mono = &m_CSliceRef, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CSliceRef_4,
};

/* *const PhysicalMemoryMapping: CSliceRef_4.data */
static const struct sabi_type_layout t_constptr_PhysicalMemoryMapping = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_constptr.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalMemoryMapping),
		.constants = NOTHING,
	},
	.mono = &m_constptr, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_PRIMITIVE,
	.type_id = id_constptr_PhysicalMemoryMapping,
};

/* PhysicalMemoryMapping: constptr_PhysicalMemoryMapping's phantom 0 */
static const struct sabi_type_layout t_PhysicalMemoryMapping = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalMemoryMapping.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_Address, get_u64),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalMemoryMapping, .alignment_power_of_two = 3, .size = 24,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalMemoryMapping,
};

/* PhantomData<&'a PhysicalMemoryMapping>: CSliceRef_4._lifetime */
static const struct sabi_type_layout t_PhantomData_ref_PhysicalMemoryMapping = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_PhysicalMemoryMapping),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_PhysicalMemoryMapping,
};

/* &'a PhysicalMemoryMapping: PhantomData_ref_PhysicalMemoryMapping's phantom 0 */
static const struct sabi_type_layout t_ref_PhysicalMemoryMapping = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalMemoryMapping),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_PhysicalMemoryMapping,
};

/* CGlueTraitObj<'a>: PhysicalMemoryVtbl_1.into_phys_view()'s result */
static const struct sabi_type_layout t_CGlueTraitObj_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueTraitObj.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_MemoryViewVtbl_4, get_CGlueObjContainer_3
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueTraitObj, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_CGlueTraitObj_3,
};

/* &'a MemoryViewVtbl<'cglue_a>: CGlueTraitObj_3.vtbl */
static const struct sabi_type_layout t_ref_MemoryViewVtbl_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MemoryViewVtbl_4),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_MemoryViewVtbl_4,
};

/* MemoryViewVtbl<'cglue_a>: ref_MemoryViewVtbl_4's phantom 0 */
static const struct sabi_type_layout t_MemoryViewVtbl_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MemoryViewVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_CGlueObjContainer_2, get_MemOps_1, get_i32,
			get_MemOps_2, get_ref_CGlueObjContainer_3, get_MemoryViewMetadata,
			get_CIterator_3, get_Option_mut_OpaqueCallback_1, get_CSliceMut_2,
			get_Address, get_CSliceMut_1, get_CIterator_4,
			get_Option_mut_OpaqueCallback_2, get_CSliceRef_2, get_CSliceRef_1,
			get_PhantomData_ref_CGlueObjContainer_3
		),
		.constants = NOTHING,
	},
	.mono = &m_MemoryViewVtbl, .alignment_power_of_two = 3, .size = 72, .data.tag = SABI_STRUCT,
	.type_id = id_MemoryViewVtbl_4,
};

/* &'a mut CGlueObjContainer: MemoryViewVtbl_4.read_raw_iter(cont) */
static const struct sabi_type_layout t_mut_CGlueObjContainer_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_3),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_CGlueObjContainer_2,
};

/* CGlueObjContainer: CGlueTraitObj_3.container */
static const struct sabi_type_layout t_CGlueObjContainer_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueObjContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_MemoryViewRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueObjContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_CGlueObjContainer_3,
};

/* &'a CGlueObjContainer: MemoryViewVtbl_4.metadata(cont) */
static const struct sabi_type_layout t_ref_CGlueObjContainer_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_3),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CGlueObjContainer_3,
};

/* PhantomData<&'a CGlueObjContainer>: MemoryViewVtbl_4._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_CGlueObjContainer_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CGlueObjContainer_3),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CGlueObjContainer_3,
};

/* Option<&'a VirtualTranslateVtbl<'cglue_a>>: OsInstance.vtbl_virtualtranslate */
static const struct sabi_type_layout t_Option_ref_VirtualTranslateVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_VirtualTranslateVtbl_3),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_VirtualTranslateVtbl_3,
};

/* &'a VirtualTranslateVtbl<'cglue_a>: Option_ref_VirtualTranslateVtbl_3.0 */
static const struct sabi_type_layout t_ref_VirtualTranslateVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_VirtualTranslateVtbl_3),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_VirtualTranslateVtbl_3,
};

/* VirtualTranslateVtbl<'cglue_a>: ref_VirtualTranslateVtbl_3's phantom 0 */
static const struct sabi_type_layout t_VirtualTranslateVtbl_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_VirtualTranslateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_OsInstanceContainer, get_CSliceRef_3,
			get_OpaqueCallback_11, get_OpaqueCallback_12, get_Address, get_i64,
			get_OpaqueCallback_10, get_mut_MaybeUninit_PhysicalAddress, get_i32,
			get_mut_MaybeUninit_Page, get_COption_2,
			get_PhantomData_ref_OsInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_VirtualTranslateVtbl, .alignment_power_of_two = 3, .size = 72,
	.data.tag = SABI_STRUCT, .type_id = id_VirtualTranslateVtbl_3,
};

/* <LoadableConnector as Loadable>::Instance */
const struct sabi_type_layout mfc_output_layout = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ConnectorInstance.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CloneVtbl_4, get_ref_PhysicalMemoryVtbl_2,
			get_Option_ref_ConnectorCpuStateVtbl, get_ConnectorInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ConnectorInstance, .alignment_power_of_two = 3, .size = 64,
	.data.tag = SABI_STRUCT, .type_id = id_ConnectorInstance,
};

/* &'a CloneVtbl<'cglue_a>: ConnectorInstance.vtbl_clone */
static const struct sabi_type_layout t_ref_CloneVtbl_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneVtbl_4),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CloneVtbl_4,
};

/* CloneVtbl<'cglue_a>: ref_CloneVtbl_4's phantom 0 */
static const struct sabi_type_layout t_CloneVtbl_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_ConnectorInstanceContainer,
			get_ConnectorInstanceContainer,
			get_PhantomData_ref_ConnectorInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CloneVtbl, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_CloneVtbl_4,
};

/* &'a ConnectorInstanceContainer: CloneVtbl_4.clone(cont) */
static const struct sabi_type_layout t_ref_ConnectorInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ConnectorInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ConnectorInstanceContainer,
};

/* ConnectorInstanceContainer: ConnectorInstance.container */
static const struct sabi_type_layout t_ConnectorInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ConnectorInstanceContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CloneRetTmpPhantom,
			get_PhantomData_PhysicalMemoryRetTmpPhantom,
			get_PhantomData_ConnectorCpuStateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_ConnectorInstanceContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_ConnectorInstanceContainer,
};

/* PhantomData<ConnectorCpuStateRetTmpPhantom>: ConnectorInstanceContainer.ret_tmp_connectorcpustate */
static const struct sabi_type_layout t_PhantomData_ConnectorCpuStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ConnectorCpuStateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ConnectorCpuStateRetTmpPhantom,
};

/* ConnectorCpuStateRetTmpPhantom: PhantomData_ConnectorCpuStateRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_ConnectorCpuStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ConnectorCpuStateRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_ConnectorCpuStateRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_ConnectorCpuStateRetTmpPhantom,
};

/* PhantomData<&'a ConnectorInstanceContainer>: CloneVtbl_4._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_ConnectorInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_ConnectorInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_ConnectorInstanceContainer,
};

/* &'a PhysicalMemoryVtbl<'cglue_a>: ConnectorInstance.vtbl_physicalmemory */
static const struct sabi_type_layout t_ref_PhysicalMemoryVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhysicalMemoryVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_PhysicalMemoryVtbl_2,
};

/* PhysicalMemoryVtbl<'cglue_a>: ref_PhysicalMemoryVtbl_2's phantom 0 */
static const struct sabi_type_layout t_PhysicalMemoryVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhysicalMemoryVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_ConnectorInstanceContainer, get_MemOps_3,
			get_i32, get_MemOps_4, get_ref_ConnectorInstanceContainer,
			get_PhysicalMemoryMetadata, get_CSliceRef_4, get_ConnectorInstanceContainer,
			get_CGlueTraitObj_3, get_mut_ConnectorInstanceContainer,
			get_CGlueTraitObj_3, get_PhantomData_ref_ConnectorInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_PhysicalMemoryVtbl, .alignment_power_of_two = 3, .size = 48,
	.data.tag = SABI_STRUCT, .type_id = id_PhysicalMemoryVtbl_2,
};

/* &'a mut ConnectorInstanceContainer: PhysicalMemoryVtbl_2.phys_read_raw_iter(cont) */
static const struct sabi_type_layout t_mut_ConnectorInstanceContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ConnectorInstanceContainer),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_ConnectorInstanceContainer,
};

/* Option<&'a ConnectorCpuStateVtbl<'cglue_a>>: ConnectorInstance.vtbl_connectorcpustate */
static const struct sabi_type_layout t_Option_ref_ConnectorCpuStateVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_Option.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_ConnectorCpuStateVtbl),
		.constants = NOTHING,
	},
	.mono = &m_Option, .alignment_power_of_two = 3, .size = 8,
	.data = {
		.tag = SABI_ENUM,
		.enumeration.discriminants = {
			.tag = SABI_VALUES_U8, SABI_ARRAY_OF(uint8_t, values, 0, 1),
		},
	},
	.type_id = id_Option_ref_ConnectorCpuStateVtbl,
};

/* &'a ConnectorCpuStateVtbl<'cglue_a>: Option_ref_ConnectorCpuStateVtbl.0 */
static const struct sabi_type_layout t_ref_ConnectorCpuStateVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ConnectorCpuStateVtbl),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_ConnectorCpuStateVtbl,
};

/* ConnectorCpuStateVtbl<'cglue_a>: ref_ConnectorCpuStateVtbl's phantom 0 */
static const struct sabi_type_layout t_ConnectorCpuStateVtbl = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ConnectorCpuStateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_ConnectorInstanceContainer,
			get_mut_MaybeUninit_CGlueTraitObj_3, get_i32,
			get_ConnectorInstanceContainer, get_mut_MaybeUninit_IntoCpuState,
			get_PhantomData_ref_ConnectorInstanceContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_ConnectorCpuStateVtbl, .alignment_power_of_two = 3, .size = 16,
	.data.tag = SABI_STRUCT, .type_id = id_ConnectorCpuStateVtbl,
};

/* &'a mut MaybeUninit<CGlueTraitObj<'a>>: ConnectorCpuStateVtbl.cpu_state(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_CGlueTraitObj_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_CGlueTraitObj_3),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_CGlueTraitObj_3,
};

/* MaybeUninit<CGlueTraitObj<'a>>: mut_MaybeUninit_CGlueTraitObj_3's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_CGlueTraitObj_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueTraitObj_4),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_CGlueTraitObj_3,
};

/* CGlueTraitObj<'a>: MaybeUninit_CGlueTraitObj_3.value */
static const struct sabi_type_layout t_CGlueTraitObj_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueTraitObj.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CpuStateVtbl_1, get_CGlueObjContainer_4
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueTraitObj, .alignment_power_of_two = 3, .size = 48, .data.tag = SABI_STRUCT,
	.type_id = id_CGlueTraitObj_4,
};

/* &'a CpuStateVtbl<'cglue_a>: CGlueTraitObj_4.vtbl */
static const struct sabi_type_layout t_ref_CpuStateVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CpuStateVtbl_1),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CpuStateVtbl_1,
};

/* CpuStateVtbl<'cglue_a>: ref_CpuStateVtbl_1's phantom 0 */
static const struct sabi_type_layout t_CpuStateVtbl_1 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CpuStateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_CGlueObjContainer_3,
			get_PhantomData_ref_CGlueObjContainer_4
		),
		.constants = NOTHING,
	},
	.mono = &m_CpuStateVtbl, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CpuStateVtbl_1,
};

/* &'a mut CGlueObjContainer: CpuStateVtbl_1.pause(cont) */
static const struct sabi_type_layout t_mut_CGlueObjContainer_3 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_4),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_CGlueObjContainer_3,
};

/* CGlueObjContainer: CGlueTraitObj_4.container */
static const struct sabi_type_layout t_CGlueObjContainer_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CGlueObjContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CpuStateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_CGlueObjContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_CGlueObjContainer_4,
};

/* PhantomData<CpuStateRetTmpPhantom>: CGlueObjContainer_4.ret_tmp */
static const struct sabi_type_layout t_PhantomData_CpuStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CpuStateRetTmpPhantom),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_CpuStateRetTmpPhantom,
};

/* CpuStateRetTmpPhantom: PhantomData_CpuStateRetTmpPhantom's phantom 0 */
static const struct sabi_type_layout t_CpuStateRetTmpPhantom = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CpuStateRetTmpPhantom.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_PhantomData_CArc),
		.constants = NOTHING,
	},
	.mono = &m_CpuStateRetTmpPhantom, .alignment_power_of_two = 0, .size = 0,
	.data.tag = SABI_STRUCT, .type_id = id_CpuStateRetTmpPhantom,
};

/* PhantomData<&'a CGlueObjContainer>: CpuStateVtbl_1._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_CGlueObjContainer_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_CGlueObjContainer_4),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_CGlueObjContainer_4,
};

/* &'a CGlueObjContainer: PhantomData_ref_CGlueObjContainer_4's phantom 0 */
static const struct sabi_type_layout t_ref_CGlueObjContainer_4 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CGlueObjContainer_4),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CGlueObjContainer_4,
};

/* &'a mut MaybeUninit<IntoCpuState<'cglue_a>>: ConnectorCpuStateVtbl.into_cpu_state(ok_out) */
static const struct sabi_type_layout t_mut_MaybeUninit_IntoCpuState = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_MaybeUninit_IntoCpuState),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_MaybeUninit_IntoCpuState,
};

/* MaybeUninit<IntoCpuState<'cglue_a>>: mut_MaybeUninit_IntoCpuState's phantom 0 */
static const struct sabi_type_layout t_MaybeUninit_IntoCpuState = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_MaybeUninit.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoCpuState),
		.constants = NOTHING,
	},
	.mono = &m_MaybeUninit, .alignment_power_of_two = 3, .size = 56, .data.tag = SABI_STRUCT,
	.type_id = id_MaybeUninit_IntoCpuState,
};

/* IntoCpuState<'cglue_a>: MaybeUninit_IntoCpuState.value */
static const struct sabi_type_layout t_IntoCpuState = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoCpuState.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_ref_CloneVtbl_5, get_ref_CpuStateVtbl_2, get_IntoCpuStateContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoCpuState, .alignment_power_of_two = 3, .size = 56, .data.tag = SABI_STRUCT,
	.type_id = id_IntoCpuState,
};

/* &'a CloneVtbl<'cglue_a>: IntoCpuState.vtbl_clone */
static const struct sabi_type_layout t_ref_CloneVtbl_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CloneVtbl_5),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CloneVtbl_5,
};

/* CloneVtbl<'cglue_a>: ref_CloneVtbl_5's phantom 0 */
static const struct sabi_type_layout t_CloneVtbl_5 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CloneVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_ref_IntoCpuStateContainer,
			get_IntoCpuStateContainer, get_PhantomData_ref_IntoCpuStateContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CloneVtbl, .alignment_power_of_two = 3, .size = 8, .data.tag = SABI_STRUCT,
	.type_id = id_CloneVtbl_5,
};

/* &'a IntoCpuStateContainer: CloneVtbl_5.clone(cont) */
static const struct sabi_type_layout t_ref_IntoCpuStateContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoCpuStateContainer),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_IntoCpuStateContainer,
};

/* IntoCpuStateContainer: IntoCpuState.container */
static const struct sabi_type_layout t_IntoCpuStateContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_IntoCpuStateContainer.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_CBox, get_CArc, get_PhantomData_CloneRetTmpPhantom,
			get_PhantomData_CpuStateRetTmpPhantom
		),
		.constants = NOTHING,
	},
	.mono = &m_IntoCpuStateContainer, .alignment_power_of_two = 3, .size = 40,
	.data.tag = SABI_STRUCT, .type_id = id_IntoCpuStateContainer,
};

/* PhantomData<&'a IntoCpuStateContainer>: CloneVtbl_5._lt_cglue_a */
static const struct sabi_type_layout t_PhantomData_ref_IntoCpuStateContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_PhantomData.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_ref_IntoCpuStateContainer),
		.constants = NOTHING,
	},
	.mono = &m_PhantomData, .alignment_power_of_two = 0, .size = 0, .data.tag = SABI_STRUCT,
	.type_id = id_PhantomData_ref_IntoCpuStateContainer,
};

/* &'a CpuStateVtbl<'cglue_a>: IntoCpuState.vtbl_cpustate */
static const struct sabi_type_layout t_ref_CpuStateVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_ref.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_CpuStateVtbl_2),
		.constants = NOTHING,
	},
	.mono = &m_ref, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_ref_CpuStateVtbl_2,
};

/* CpuStateVtbl<'cglue_a>: ref_CpuStateVtbl_2's phantom 0 */
static const struct sabi_type_layout t_CpuStateVtbl_2 = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_CpuStateVtbl.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts,
			get_AFunctionPointer_1, get_mut_IntoCpuStateContainer,
			get_PhantomData_ref_IntoCpuStateContainer
		),
		.constants = NOTHING,
	},
	.mono = &m_CpuStateVtbl, .alignment_power_of_two = 3, .size = 16, .data.tag = SABI_STRUCT,
	.type_id = id_CpuStateVtbl_2,
};

/* &'a mut IntoCpuStateContainer: CpuStateVtbl_2.pause(cont) */
static const struct sabi_type_layout t_mut_IntoCpuStateContainer = {
	.shared_vars = &(const struct sabi_shared_vars){
		.mono = &m_mut.shared_vars,
		SABI_ARRAY_OF(sabi_type_layout_ctor, type_layouts, get_IntoCpuStateContainer),
		.constants = NOTHING,
	},
	.mono = &m_mut, .is_nonzero = true, .alignment_power_of_two = 3, .size = 8,
	.data.tag = SABI_PRIMITIVE, .type_id = id_mut_IntoCpuStateContainer,
};
