# Read by CMake at llama-cpp-python's project() line (CMAKE_PROJECT_llama_cpp_INCLUDE).
#
# Its CMakeLists.txt forces two things on. A forced value is a cache entry; an ordinary variable of the same name
# goes before it.

# llama.cpp's "common" library: argument parsing, chat formats, downloads, an HTTP client. Slipstream uses none of
# it, and it is more than half of the compile time.
set(LLAMA_BUILD_COMMON OFF)

# Metal, on every Mac: `make run BACKEND=cpu` means what it says.
if(SLIPSTREAM_BACKEND STREQUAL "cpu")
  set(GGML_METAL OFF)
endif()
