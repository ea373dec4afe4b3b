# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# bash's completion of memflowctl, which says itself what may come: see tools/complete.h. Needs no
# bash-completion, but is loaded by it.

# A word as the command would get it; of one that is still being typed a quote is open.
_memflowctl_unquote() {
	local rest=$1 plain=
	case $rest in
	\"*) rest=${rest:1} rest=${rest%\"} ;;
	\'*) printf '%s' "${rest:1}" | tr -d "'" && return ;;
	esac
	while [[ $rest == *\\* ]]; do
		plain+=${rest%%\\*}
		rest=${rest#*\\}
		plain+=${rest:0:1}
		rest=${rest:1}
	done
	printf '%s' "$plain$rest"
}

_memflowctl() {
	local rest=${COMP_LINE:0:COMP_POINT} words=() piece blanks word own kept i candidate
	COMPREPLY=()
	# bash takes words apart at = and :, this puts them together again.
	for ((i = 0; i <= COMP_CWORD; i++)); do
		blanks=${rest%%[![:blank:]]*}
		rest=${rest#"$blanks"}
		piece=${COMP_WORDS[i]}
		((i < COMP_CWORD)) || piece=$rest
		rest=${rest#"$piece"}
		if ((i == 0)) || [[ $blanks ]]; then
			words+=("$piece")
		else
			words[-1]+=$piece
		fi
	done
	word=${words[-1]}
	# What of the word bash is going to replace.
	own=$piece
	[[ $own == *[!"$COMP_WORDBREAKS"]* ]] || own=
	kept=$(_memflowctl_unquote "${word%"$own"}")
	for ((i = 1; i < ${#words[@]}; i++)); do
		words[i]=$(_memflowctl_unquote "${words[i]}")
	done

	while IFS=$'\t' read -r candidate _; do
		if [[ $candidate == :files ]]; then
			compopt -o filenames
			mapfile -t COMPREPLY < <(compgen -f -- "$(_memflowctl_unquote "$own")")
			return
		fi
		[[ $candidate != --*= ]] || compopt -o nospace
		candidate=${candidate#"$kept"}
		[[ $own == [\"\']* ]] || printf -v candidate %q "$candidate"
		COMPREPLY+=("$candidate")
	done < <("$1" --complete "${words[@]:1}" 2>/dev/null)
}

complete -F _memflowctl memflowctl
