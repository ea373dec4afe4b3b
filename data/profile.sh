# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# memflow from 0.2.4 on looks for plugins in ~/.local/lib/memflow and here. For login shells, as
# environment.d is for what systemd starts; both may be read, once is enough.
case ":${MEMFLOW_PLUGIN_PATH-}:" in
*:@plugindir@:*) ;;
*) export MEMFLOW_PLUGIN_PATH="${MEMFLOW_PLUGIN_PATH:+$MEMFLOW_PLUGIN_PATH:}@plugindir@" ;;
esac
