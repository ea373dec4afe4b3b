/* SPDX-License-Identifier: MIT */
/*
 * How abi_stable 0.10.3 lays out the description of a type, in C, for 64-bit little-endian
 * machines.
 *
 * Each structure names the file of abi_stable-0.10.3 (or abi_stable_shared-0.10.3) it follows. They
 * are repr(C) there; a repr(u8) enum is a union of structures which each begin with the tag. Rust's
 * private fields have no offsets one could ask for, so the generator compares sizes and contents
 * instead (generate/src/raw.rs and graph.rs), and a layout that went through C must read back the
 * same.
 *
 * A pointer to an array is never NULL, not even to an empty one: Rust makes a slice of it, and a
 * host built with debug assertions stops at a null one.
 *
 * Left out, because memflow has none of it and the generator refuses to meet it: tags, extra
 * checks, const parameters, prefix types, nonexhaustive enums.
 */
#ifndef MFC_ABI_ABI_STABLE_H
#define MFC_ABI_ABI_STABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For members that go with their length: a string, less its NUL, and an array. */
#define SABI_STRING(member, string) .member = (string), .member##_len = sizeof(string) - 1
#define SABI_ARRAY_OF(type, member, ...)                                                           \
	.member = (const type[]){ __VA_ARGS__ },                                                   \
	.member##_len = sizeof((const type[]){ __VA_ARGS__ }) / sizeof(type)

#define SABI_SIZE(type, size)                                                                      \
	_Static_assert(sizeof(type) == (size), #type " has another size in Rust")
#define SABI_OFFSET(type, member, offset)                                                          \
	_Static_assert(offsetof(type, member) == (offset),                                         \
		       #type "." #member " is elsewhere in Rust")

/* type_layout/small_types.rs, StartLen: a part of an array or a string */
typedef uint32_t sabi_start_len;
#define SABI_RANGE(start, len) ((sabi_start_len)(start) | (sabi_start_len)(len) << 16)

/*
 * type_layout/tl_field.rs and abi_stable_shared's tl_field_macro.rs, CompTLField: the name's range
 * in the type's strings, 26 bits; its lifetimes, 21; how it is accessed, 3 (0: directly); its
 * type's index in the type's type_layouts, 10; whether it is a function pointer and nothing else.
 */
typedef uint64_t sabi_field;
#define SABI_FIELD(start, len, lifetimes, accessor, type, is_function)                             \
	((sabi_field)(start) | (sabi_field)(len) << 16 | (sabi_field)(lifetimes) << 26 |           \
	 (sabi_field)(accessor) << 47 | (sabi_field)(type) << 50 |                                 \
	 (sabi_field)(is_function) << 60)

/*
 * std_types/utypeid.rs, UTypeId: which binary a type is from, by an address that nobody reads from,
 * and 16 bytes telling it from the others there. The checker looks for equality only, as the key of
 * what it has compared already (abi_stability/abi_checking.rs, check_inner()); Rust's bytes are a
 * hash of its compiler's, these are the address of the type's layout.
 */
struct sabi_utypeid {
	const void *executable_identity;
	const void *type;
	uint64_t zero;
};
SABI_SIZE(struct sabi_utypeid, 24);

/* type_layout/tl_functions.rs, CompTLFunction: a function pointer somewhere in a field */
struct sabi_function {
	sabi_start_len name;
	/* Where in the strings the bound lifetimes are, and right behind them the parameters'
	 * names. */
	uint16_t contiguous_strings_offset;
	uint16_t bound_lifetimes_len;
	uint16_t param_names_len;
	uint16_t return_type_layout; /* SABI_RETURNS_UNIT: () */
	uint32_t paramret_lifetime_range;
	/* abi_stable_shared's tl_multi_tl_macro.rs, TypeLayoutRange: the number of parameters, 10
	 * bits, and the indices of the first two's types; the indices of the next three's. */
	uint32_t param_type_layouts[2];
};
#define SABI_RETURNS_UNIT UINT16_MAX
#define SABI_PARAMS(len, t0, t1, t2, t3, t4)                                                       \
	{                                                                                          \
		(uint32_t)(len) | (uint32_t)(t0) << 10 | (uint32_t)(t1) << 20,                     \
			(uint32_t)(t2) | (uint32_t)(t3) << 10 | (uint32_t)(t4) << 20               \
	}
SABI_SIZE(struct sabi_function, 24);
SABI_OFFSET(struct sabi_function, return_type_layout, 10);
SABI_OFFSET(struct sabi_function, param_type_layouts, 16);

/* type_layout/tl_functions.rs, TLFunctions */
struct sabi_functions {
	const struct sabi_function *functions;
	const sabi_start_len *field_fn_ranges; /* which of the functions each field has */
	uint16_t functions_len;
	uint16_t field_fn_ranges_len;
};
SABI_SIZE(struct sabi_functions, 24);

/* type_layout/tl_fields.rs, CompTLFields */
struct sabi_fields {
	const sabi_field *comp_fields;
	const struct sabi_functions *functions; /* or NULL */
	uint16_t comp_fields_len;
};
SABI_SIZE(struct sabi_fields, 24);

/* type_layout/tl_data.rs, the variants of MonoTLData and GenericTLData */
enum sabi_data_tag {
	SABI_PRIMITIVE,
	SABI_OPAQUE,
	SABI_STRUCT,
	SABI_UNION,
	SABI_ENUM,
	SABI_PREFIX_TYPE,
};

/* type_layout/tl_other.rs, TLPrimitive */
enum sabi_primitive {
	SABI_U8,
	SABI_I8,
	SABI_U16,
	SABI_I16,
	SABI_U32,
	SABI_I32,
	SABI_U64,
	SABI_I64,
	SABI_USIZE,
	SABI_ISIZE,
	SABI_BOOL,
	SABI_SHARED_REF,
	SABI_MUT_REF,
	SABI_CONST_PTR,
	SABI_MUT_PTR,
	SABI_ARRAY, /* with a length */
};

/* type_layout/tl_data.rs, MonoTLData, a repr(u8) enum */
union sabi_mono_data {
	uint8_t tag;
	struct {
		uint8_t tag; /* SABI_PRIMITIVE */
		struct {
			uint8_t tag;
			size_t array_len;
		} primitive;
	} primitive;
	struct {
		uint8_t tag; /* SABI_STRUCT, SABI_UNION */
		struct sabi_fields fields;
	} fields;
	struct {
		uint8_t tag; /* SABI_ENUM */
		/* type_layout/tl_enums.rs, MonoTLEnum */
		struct {
			const uint8_t *field_count; /* of each variant */
			uint16_t field_count_len;
			sabi_start_len variant_names;
			struct sabi_fields fields; /* of all variants */
		} enumeration;
	} enumeration;
};
SABI_SIZE(union sabi_mono_data, 48);
SABI_OFFSET(union sabi_mono_data, primitive.primitive, 8);
SABI_OFFSET(union sabi_mono_data, primitive.primitive.array_len, 16);
SABI_OFFSET(union sabi_mono_data, fields.fields, 8);
SABI_OFFSET(union sabi_mono_data, enumeration.enumeration.fields, 24);

/* type_layout/tl_enums.rs, the variants of DiscriminantRepr; 128 bit discriminants do not occur */
enum sabi_discriminant {
	SABI_REPR_U8,
	SABI_REPR_I8,
	SABI_REPR_U16,
	SABI_REPR_I16,
	SABI_REPR_U32,
	SABI_REPR_I32,
	SABI_REPR_U64,
	SABI_REPR_I64,
	SABI_REPR_U128,
	SABI_REPR_I128,
	SABI_REPR_USIZE,
	SABI_REPR_ISIZE,
};

/* type_layout/tl_enums.rs, the variants of TLDiscriminants, which has no 128 bit ones */
enum sabi_discriminants_tag {
	SABI_VALUES_U8,
	SABI_VALUES_I8,
	SABI_VALUES_U16,
	SABI_VALUES_I16,
	SABI_VALUES_U32,
	SABI_VALUES_I32,
	SABI_VALUES_U64,
	SABI_VALUES_I64,
	SABI_VALUES_USIZE,
	SABI_VALUES_ISIZE,
};

/* type_layout/tl_data.rs, GenericTLData, a repr(C) enum */
struct sabi_generic_data {
	uint32_t tag;
	/* SABI_ENUM: type_layout/tl_enums.rs, GenericTLEnum */
	struct {
		const void *nonexhaustive; /* NULL: it is exhaustive */
		/* TLDiscriminants */
		struct {
			uint8_t tag;
			uint16_t values_len;
			const void *values;
		} discriminants;
	} enumeration;
};
SABI_SIZE(struct sabi_generic_data, 32);
SABI_OFFSET(struct sabi_generic_data, enumeration.discriminants, 16);
SABI_OFFSET(struct sabi_generic_data, enumeration.discriminants.values, 24);

/* type_layout/tl_other.rs, ReprAttr, a repr(u8) enum; some variants go with a discriminant's type
 */
struct sabi_repr_attr {
	uint8_t tag;
	uint8_t discriminant;
};
enum sabi_repr_attr_tag {
	SABI_REPR_OPTION_NON_ZERO,
	SABI_REPR_PRIMITIVE,
	SABI_REPR_C,
	SABI_REPR_C_AND_INT,
	SABI_REPR_TRANSPARENT,
	SABI_REPR_INT,
	SABI_REPR_PACKED,
};
SABI_SIZE(struct sabi_repr_attr, 2);

/* reflection.rs, ModReflMode, a repr(u8) enum */
struct sabi_mod_refl_mode {
	uint8_t tag;
	uint8_t layout_index; /* of SABI_REFLECT_DELEGATE_DEREF */
};
enum sabi_mod_refl_mode_tag {
	SABI_REFLECT_MODULE,
	SABI_REFLECT_OPAQUE,
	SABI_REFLECT_DELEGATE_DEREF,
};
SABI_SIZE(struct sabi_mod_refl_mode, 2);

/* type_layout/shared_vars.rs, MonoSharedVars */
struct sabi_mono_shared_vars {
	const char *strings;
	const uint8_t *lifetime_indices; /* pairs of 4 bits */
	uint16_t strings_len;
	uint16_t lifetime_indices_len;
};
SABI_SIZE(struct sabi_mono_shared_vars, 24);

/* type_layout/construction.rs, ItemInfo: where the type is declared. Only the package is compared.
 */
struct sabi_item_info {
	const char *package_and_version; /* "package;major.minor.patch" */
	size_t package_and_version_len;
	uint32_t line;
	const char *mod_path; /* NUL-terminated */
};
SABI_SIZE(struct sabi_item_info, 32);

/* type_layout/tl_other.rs, CompGenericParams */
struct sabi_generic_params {
	const char *lifetime; /* "'a,'b,", NUL-terminated */
	sabi_start_len types; /* which of the type_layouts */
	sabi_start_len consts;
	uint8_t lifetime_count;
};
SABI_SIZE(struct sabi_generic_params, 24);

/* type_layout.rs, MonoTypeLayout: what all instances of a generic type have in common */
struct sabi_mono_type_layout {
	struct sabi_mono_shared_vars shared_vars;
	const char *name;
	struct sabi_item_info item_info;
	union sabi_mono_data data;
	struct sabi_generic_params generics;
	const sabi_field *phantom_fields;
	uint8_t phantom_fields_len;
	struct sabi_repr_attr repr_attr;
	struct sabi_mod_refl_mode mod_refl_mode;
	uint16_t name_len;
};
SABI_SIZE(struct sabi_mono_type_layout, 152);
SABI_OFFSET(struct sabi_mono_type_layout, item_info, 32);
SABI_OFFSET(struct sabi_mono_type_layout, data, 64);
SABI_OFFSET(struct sabi_mono_type_layout, generics, 112);
SABI_OFFSET(struct sabi_mono_type_layout, repr_attr, 145);
SABI_OFFSET(struct sabi_mono_type_layout, mod_refl_mode, 147);
SABI_OFFSET(struct sabi_mono_type_layout, name_len, 150);

struct sabi_type_layout;

/* abi_stability/stable_abi_trait.rs, TypeLayoutCtor */
typedef const struct sabi_type_layout *(*sabi_type_layout_ctor)(void);

/* type_layout/shared_vars.rs, SharedVars: what fields, functions and generics have indices into */
struct sabi_shared_vars {
	const struct sabi_mono_shared_vars *mono;
	const sabi_type_layout_ctor *type_layouts;
	const void *constants;
	uint16_t type_layouts_len;
	uint16_t constants_len; /* 0 */
};
SABI_SIZE(struct sabi_shared_vars, 32);

/* type_layout.rs, TypeLayout */
struct sabi_type_layout {
	const struct sabi_shared_vars *shared_vars;
	const struct sabi_mono_type_layout *mono;
	bool is_nonzero;
	uint8_t alignment_power_of_two;
	size_t size;
	const void *tag; /* NULL: none */
	struct sabi_generic_data data;
	const void *extra_checks; /* NULL: none */
	struct sabi_utypeid (*type_id)(void);
};
SABI_SIZE(struct sabi_type_layout, 88);
SABI_OFFSET(struct sabi_type_layout, is_nonzero, 16);
SABI_OFFSET(struct sabi_type_layout, alignment_power_of_two, 17);
SABI_OFFSET(struct sabi_type_layout, size, 24);
SABI_OFFSET(struct sabi_type_layout, data, 40);
SABI_OFFSET(struct sabi_type_layout, extra_checks, 72);
SABI_OFFSET(struct sabi_type_layout, type_id, 80);

#endif
