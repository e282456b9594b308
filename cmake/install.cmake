# The exported library: tearsheet::tearsheet is the pipeline with all floors below it.
include(CMakePackageConfigHelpers)

add_library(tearsheet INTERFACE)
add_library(tearsheet::tearsheet ALIAS tearsheet)
target_link_libraries(tearsheet INTERFACE tearsheet_pipeline)

install(TARGETS tearsheet tearsheet_nouns tearsheet_base tearsheet_extractors tearsheet_pipeline
        EXPORT tearsheetTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET tearsheet_program)
  install(TARGETS tearsheet_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY include/tearsheet DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY rules/ DESTINATION ${CMAKE_INSTALL_DATADIR}/tearsheet/rules)
if(TEARSHEET_FETCH)
  install(DIRECTORY docs/systemd DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(FILES docs/feeds.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
install(EXPORT tearsheetTargets NAMESPACE tearsheet:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tearsheet)
configure_package_config_file(cmake/tearsheetConfig.cmake.in tearsheetConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tearsheet)
write_basic_package_version_file(tearsheetConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tearsheetConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/tearsheetConfigVersion.cmake"
        cmake/dependencies.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tearsheet)
