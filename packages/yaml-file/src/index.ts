/** YAML files that know where in them each thing stands. @packageDocumentation */
export { FileError, type FileErrorInit, type FilePosition, type Problem, errorCode } from './file-error.ts'
export { type Path, YamlFile, type YamlFileInit } from './yaml-file.ts'
