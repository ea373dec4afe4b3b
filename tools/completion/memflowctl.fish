# SPDX-License-Identifier: MIT
# fish's completion of memflowctl, which says itself what may come: see tools/complete.h.

function __memflowctl_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l word (commandline -ct | string unescape)
    for line in ($program --complete $words "$word" 2>/dev/null)
        if test "$line" = :files
            set -l option (string match -r -- '^--[^=]*=' "$word")
            for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$word"))
                printf '%s\n' "$option$path"
            end
        else
            printf '%s\n' $line
        end
    end
end

complete -c memflowctl -f -a '(__memflowctl_complete)'
