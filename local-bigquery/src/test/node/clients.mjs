// Google's own clients for Node against a running local-bigquery: node clients.mjs <http port> <gRPC port>
import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createRequire} from 'node:module';
import {BigQuery} from '@google-cloud/bigquery';
import {adapt, managedwriter} from '@google-cloud/bigquery-storage';

const require = createRequire(import.meta.url);
const {grpc} = createRequire(require.resolve('@google-cloud/bigquery-storage'))('google-gax');
const {PassThroughClient} = createRequire(require.resolve('@google-cloud/bigquery'))('google-auth-library');

const [httpPort, grpcPort] = process.argv.slice(2);
const projectId = 'node-project';
// No credentials, but a client for them: without one the library looks for a metadata server, and its uploads fail for want of headers.
const bigquery = new BigQuery({
  projectId,
  apiEndpoint: `http://127.0.0.1:${httpPort}`,
  authClient: new PassThroughClient(),
  useAuthWithCustomEndpoint: true,
});
const folder = await mkdtemp(join(tmpdir(), 'local-bigquery-'));
const today = new Date(new Date().toISOString().slice(0, 10));
let steps = 0;

async function step(name, work) {
  await work();
  steps++;
  console.log(`ok ${steps} - ${name}`);
}

const dataset = bigquery.dataset('shop');
const table = dataset.table('product');

try {
  await step('creates a dataset and a partitioned table', async () => {
    await bigquery.createDataset('shop', {location: 'US'});
    await dataset.createTable('product', {
      schema: [
        {name: 'brand', type: 'STRING'},
        {name: 'n', type: 'INTEGER'},
        {name: 'day', type: 'DATE'},
        {name: 'tags', type: 'STRING', mode: 'REPEATED'},
      ],
      timePartitioning: {type: 'DAY', field: 'day'},
      clustering: {fields: ['brand']},
    });
    const [metadata] = await table.getMetadata();
    assert.equal(metadata.type, 'TABLE');
    assert.equal(metadata.timePartitioning.field, 'day');
    await assert.rejects(dataset.createTable('product', {schema: 'a:string'}), error => {
      assert.equal(error.code, 409);
      assert.equal(error.message, `Already Exists: Table ${projectId}:shop.product`);
      return true;
    });
  });

  await step('loads newline-delimited JSON and CSV', async () => {
    const json = join(folder, 'rows.json');
    await writeFile(json, '{"brand":"Samsung","n":1,"day":"2024-01-01","tags":["tv","new"]}\n{"brand":"LG","n":2,"day":"2024-01-02"}\n');
    const [job] = await table.load(json, {sourceFormat: 'NEWLINE_DELIMITED_JSON'});
    assert.equal(job.status.state, 'DONE');
    const loaded = dataset.table('loaded');
    const csv = join(folder, 'rows.csv');
    await writeFile(csv, 'name,value\n"a, b",1\nc,2\n');
    await loaded.load(csv, {sourceFormat: 'CSV', skipLeadingRows: 1, schema: 'name:string,value:integer'});
    const [rows] = await bigquery.query('SELECT name, value FROM shop.loaded ORDER BY value');
    assert.deepEqual(rows, [{name: 'a, b', value: 1}, {name: 'c', value: 2}]);
  });

  await step('inserts rows and names the bad one', async () => {
    await table.insert([{brand: 'Sony', n: 3, day: '2024-01-02'}]);
    await assert.rejects(table.insert([{brand: 'x', n: 'no number'}]), error => {
      assert.equal(error.name, 'PartialFailureError');
      assert.equal(error.errors[0].errors[0].message, "Could not parse 'no number' as INT64");
      return true;
    });
  });

  await step('queries with parameters', async () => {
    const [rows] = await bigquery.query({
      query: 'SELECT brand, n FROM `node-project.shop.product` WHERE n >= @least AND brand IN UNNEST(@brands) ORDER BY n',
      params: {least: 2, brands: ['LG', 'Sony']},
    });
    assert.deepEqual(rows, [{brand: 'LG', n: 2}, {brand: 'Sony', n: 3}]);
    const [positional] = await bigquery.query({query: 'SELECT ? + 1 AS x, TIMESTAMP "2024-01-02 03:04:05.5+00" AS t, DATE "2024-01-02" AS d', params: [41]});
    assert.equal(positional[0].x, 42);
    assert.equal(positional[0].t.value, '2024-01-02T03:04:05.500Z');
    assert.equal(positional[0].d.value, '2024-01-02');
    const [dml] = await bigquery.createQueryJob("UPDATE shop.product SET n = 30 WHERE brand = 'Sony' AND n = 3");
    await dml.getQueryResults();
    const [metadata] = await dml.getMetadata();
    assert.equal(metadata.statistics.query.numDmlAffectedRows, '1');
  });

  await step('reads an error as it is', async () => {
    await assert.rejects(bigquery.query('SELECT nothing FROM shop.product'), error => {
      assert.equal(error.code, 400);
      assert.equal(error.message, 'Unrecognized name: nothing at [1:8]');
      assert.equal(error.errors[0].reason, 'invalidQuery');
      return true;
    });
  });

  await step('pages through rows and results', async () => {
    const many = Array.from({length: 95}, (_, i) => ({brand: 'page', n: 1000 + i, day: '2024-02-01'}));
    await table.insert(many);
    let pages = 0;
    let seen = 0;
    let request = {maxResults: 40, autoPaginate: false};
    while (request) {
      const [rows, next] = await table.getRows(request);
      seen += rows.length;
      pages++;
      request = next;
    }
    assert.equal(seen, 98);
    assert.equal(pages, 3);
    const [job] = await bigquery.createQueryJob("SELECT n FROM shop.product WHERE brand = 'page' ORDER BY n");
    const numbers = [];
    request = {maxResults: 10, autoPaginate: false};
    while (request) {
      const [rows, next] = await job.getQueryResults(request);
      numbers.push(...rows.map(row => row.n));
      request = next;
    }
    assert.deepEqual(numbers, many.map(row => row.n));
  });

  await step('appends with offsets through the Storage Write API', async () => {
    const writer = new managedwriter.WriterClient({
      projectId,
      servicePath: '127.0.0.1',
      port: Number(grpcPort),
      sslCreds: grpc.credentials.createInsecure(),
      authClient: new PassThroughClient(),
    });
    const destinationTable = `projects/${projectId}/datasets/shop/tables/product`;
    const [metadata] = await table.getMetadata();
    const storageSchema = adapt.convertBigQuerySchemaToStorageTableSchema(metadata.schema);
    const protoDescriptor = adapt.convertStorageSchemaToProto2Descriptor(storageSchema, 'root');
    const connection = await writer.createStreamConnection({streamType: managedwriter.PendingStream, destinationTable});
    const streamId = connection.getStreamId();
    const json = new managedwriter.JSONWriter({streamId, connection, protoDescriptor});
    const rows = from => [{brand: 'stream', n: from, day: today}, {brand: 'stream', n: from + 1, day: today}];
    const first = await json.appendRows(rows(1), 0).getResult();
    assert.ifError(first.error);
    assert.equal(Number(first.appendResult.offset.value), 0);
    await json.appendRows(rows(3), 2).getResult();
    const again = await json.appendRows(rows(1), 0).getResult();
    assert.equal(again.error.code, 6);
    assert.match(again.error.message, /The offset is within stream, expected offset 4, received 0/);
    const finalized = await connection.finalize();
    assert.equal(Number(finalized.rowCount), 4);
    json.close();
    const committed = await writer.batchCommitWriteStream({parent: destinationTable, writeStreams: [streamId]});
    assert.equal(committed.streamErrors.length, 0);
    writer.close();
    const [counted] = await bigquery.query("SELECT COUNT(*) AS c, MAX(n) AS m FROM shop.product WHERE brand = 'stream'");
    assert.deepEqual(counted, [{c: 4, m: 4}]);
  });

  await step('lists and deletes', async () => {
    const [tables] = await dataset.getTables();
    assert.deepEqual(tables.map(t => t.id), ['loaded', 'product']);
    const [jobs] = await bigquery.getJobs({maxResults: 5});
    assert.ok(jobs.length > 0);
    await dataset.delete({force: true});
    const [exists] = await dataset.exists();
    assert.equal(exists, false);
  });
  console.log(`${steps} steps passed`);
} finally {
  await rm(folder, {recursive: true, force: true});
}
