# A floor is a static library that sees its own folder and the floors below it.
# usage: tearsheet_floor(base BELOW nouns LIBS re2 ...); WITHOUT takes regular expressions of rooms to leave out.
function(tearsheet_floor name)
  cmake_parse_arguments(FLOOR "" "" "BELOW;LIBS;WITHOUT" ${ARGN})
  file(GLOB_RECURSE rooms CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  foreach(pattern ${FLOOR_WITHOUT})
    list(FILTER rooms EXCLUDE REGEX "${pattern}")
  endforeach()
  if(NOT rooms)
    # An archive needs one object; a floor that has no rooms yet gets an empty one.
    set(rooms "${CMAKE_CURRENT_BINARY_DIR}/no_rooms.cc")
    file(WRITE "${rooms}" "// Stands in for a floor without rooms.\n")
  endif()
  add_library(tearsheet_${name} STATIC ${rooms})
  add_library(tearsheet::${name} ALIAS tearsheet_${name})
  set_target_properties(tearsheet_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(tearsheet_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(tearsheet_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_features(tearsheet_${name} PUBLIC cxx_std_20)
  tearsheet_warnings(tearsheet_${name})
  foreach(floor ${FLOOR_BELOW})
    target_link_libraries(tearsheet_${name} PUBLIC tearsheet_${floor})
  endforeach()
  target_link_libraries(tearsheet_${name} PUBLIC ${FLOOR_LIBS})
endfunction()

function(tearsheet_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
    -Wcast-align -Wunused -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)  # g++ 12 raises it falsely on moved std::variant
  endif()
  if(TEARSHEET_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
