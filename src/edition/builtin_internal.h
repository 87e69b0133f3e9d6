/* As edition/builtin.h: layout reads page styles from there too. */
#ifndef NIANBAO_EDITION_BUILTIN_INTERNAL_H
#define NIANBAO_EDITION_BUILTIN_INTERNAL_H

#include "edition/builtin.h"

#endif
