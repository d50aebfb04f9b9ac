import * as v from 'valibot'
import { expect, test } from 'vitest'
import { FileError, YamlFile } from './index.ts'

class PetError extends FileError {
  readonly code = 'PET'
}

const pet = v.strictObject(
  {
    name: v.string('text'),
    friends: v.exactOptional(v.array(v.pipe(v.string('text'), v.minLength(1, 'text that is not empty')), 'a list')),
  },
  'a mapping with the keys name and friends',
)

const read = (text: string): YamlFile<v.InferOutput<typeof pet>> =>
  new YamlFile({
    file: 'pet.yaml',
    text,
    schema: pet,
    whole: 'the pet',
    told: ({ input }) => `a ${typeof input}`,
    FileError: PetError,
  })

test('a file says what is in it, YAML or JSON', () => {
  expect(read('name: Dinah').content).toEqual({ name: 'Dinah' })
  expect(read('{\n\t"name": "Dinah",\n\t"friends": ["Alice"]\n}').content.friends).toEqual(['Alice'])
})

test.each([
  [
    'a value that cannot be',
    'name: Dinah\nfriends: [Alice, 5]',
    'line 2, column 18: friends[1] is a number; expected text',
  ],
  [
    'a check that fails',
    'name: Dinah\nfriends:\n  - ""',
    'line 3, column 5: friends[0] is a string; expected text that is not empty',
  ],
  [
    'an unknown key',
    'name: Dinah\nage: 5',
    'line 2, column 1: unknown key "age"; expected a mapping with the keys name and friends',
  ],
  [
    'a key that is missing',
    '  friends: []',
    'line 1, column 3: the key "name" is missing; expected a mapping with the keys name and friends',
  ],
  ['text alone', 'Dinah', 'line 1, column 1: the pet is a string; expected a mapping with the keys name and friends'],
  ['bad YAML', 'name: "Dinah" Cat', 'line 1, column 15: Unexpected scalar at node end; expected YAML 1.2 or JSON'],
  ['an alias', 'name: *cat', 'line 1, column 7: this is an alias; expected a value, in quotes if it begins with "*"'],
])('%s is told with its place', (_why, text, message) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ message: `Cannot load "pet.yaml": ${message}` }))
})

test('an error can be about a value, about a key, or about what is nearest to it', () => {
  const file = read('name: Dinah\nfriends: [Alice]')
  const problem = { problem: 'she is gone', expected: 'somebody' }
  expect(file.error(['friends', 0], problem)).toMatchObject({ code: 'PET', line: 2, column: 11, expected: 'somebody' })
  expect(file.errorOfKey(['friends'], problem)).toMatchObject({ line: 2, column: 1 })
  expect(file.error(['friends', 0, 'name'], problem)).toMatchObject({ line: 2, column: 11 })
})

test('an error tells what else is wrong with the file', () => {
  const problemsOf = (text: string): unknown => {
    try {
      return read(text)
    } catch (error) {
      const { problem, further } = error as FileError
      return [problem, ...further.map(({ line, problem }) => [line, problem])]
    }
  }
  expect(problemsOf('name: 5\nfriends:\n  - ""\n  - Alice\n  - 5')).toEqual([
    'name is a number',
    [3, 'friends[0] is a string'],
    [5, 'friends[2] is a number'],
  ])
  expect(problemsOf('name: *cat\nfriends: [*cat]')).toEqual(['this is an alias', [2, 'this is an alias']])
})
