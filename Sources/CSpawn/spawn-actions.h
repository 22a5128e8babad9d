// Two actions of posix_spawn that the C library has and its module for Swift hides: glibc declares
// them for _GNU_SOURCE only (addchdir since 2.29, addclosefrom since 2.34).
#ifndef SELFBLIND_SPAWN_ACTIONS_H
#define SELFBLIND_SPAWN_ACTIONS_H

#include <spawn.h>

#if defined(__linux__)
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
#endif

#endif
