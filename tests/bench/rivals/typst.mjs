// node typst.mjs DATA.json OUT.pdf [STANDARD]   one document
// node typst.mjs @LIST OUT_FOLDER [STANDARD]    a document for each DATA.json of the list, in one process
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [data, out, pdfStandard] = process.argv.slice(2)
const workspace = dirname(fileURLToPath(import.meta.url))
const many = data.startsWith('@')
const inputs = many ? readFileSync(data.slice(1), 'utf8').split('\n').filter(Boolean) : [data]
const compiler = NodeCompiler.create({ workspace })
for (const input of inputs) {
  compiler.mapShadow(join(workspace, 'report.json'), readFileSync(input))
  const made = compiler.compile({ mainFilePath: join(workspace, 'report.typ') })
  if (made.hasError()) {
    made.printErrors()
    process.exit(1)
  }
  const path = many ? join(out, basename(input, '.json') + '.pdf') : out
  writeFileSync(path, compiler.pdf(made.result, { pdfTags: true, ...(pdfStandard ? { pdfStandard } : {}) }))
  compiler.evictCache(10) // the age that its own documents suggest
}
