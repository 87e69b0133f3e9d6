// node ajv.mjs SCHEMA FILE... — js-yaml and ajv with `nianbao schema`: names and types only, as no
// JSON Schema adds figures up. @LIST names a file a line.
import Ajv from 'ajv/dist/2020.js'
import yaml from 'js-yaml'
import { readFileSync } from 'node:fs'

const [schema, ...words] = process.argv.slice(2)
const paths = words.flatMap(word =>
  word.startsWith('@') ? readFileSync(word.slice(1), 'utf8').split('\n').filter(Boolean) : [word])
const valid = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')))
let wrong = 0
for (const path of paths)
  if (!valid(yaml.load(readFileSync(path, 'utf8'), { schema: yaml.CORE_SCHEMA }))) {
    wrong++
    console.log(path, valid.errors)
  }
process.exit(wrong ? 1 : 0)
