// The part of libxlsxwriter that writes a workbook of plain cells.
#pragma once

#include <xlsxwriter.h>
