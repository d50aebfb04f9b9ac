/** Scenarios: misbehaviour of POP3 servers as files. @packageDocumentation */
export { type CombinableScenario, combineScenarios } from './combine-scenarios.ts'
export { loadScenario } from './load-scenario.ts'
export type { PersonaChanges } from './persona-changes.ts'
export { ScenarioError } from './scenario-error.ts'
export { type ScenarioHeading, scenarioOf } from './scenario-of.ts'
export { parseScenario } from './parse-scenario.ts'
export type { ParseOptions } from './parse-scenario.ts'
export type { Scenario, ScenarioOptions } from './scenario.ts'
