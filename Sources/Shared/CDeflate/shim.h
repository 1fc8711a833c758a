// libdeflate, which reads gzip, and writes it for the simulated tenant.
#pragma once

#include <libdeflate.h>
