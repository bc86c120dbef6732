import { once } from "node:events";
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";

const bucket = "baton-files";
/** Few, and of uploads one, so that whoever lists them has to turn pages. */
const objectsOfPage = 100;

/** What the SDK reads from the environment to get into the server. */
export const s3Credentials = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };

/**
 * An S3 server of its own, in a folder of its own. s3rver checks signatures, stores and gives objects; what it lacks stands here: lists
 * (of more than a page it can't make, since Node has no DES any more), aborting uploads in parts, and that an object is seen whole or not
 * at all, and whether the bucket is there.
 */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), "baton-s3-"));
  const uploads = join(directory, bucket, "._S3rver_uploads");
  const app = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: bucket }] });
  const { store } = app;
  const putContent = store.putContent.bind(store);
  store.putContent = async (path, content) => {
    const part = `${path}.part`;
    try {
      const written = await putContent(part, content);
      await rename(part, path);
      return written;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  };
  await app.configureBuckets();
  const listener = app.callback();

  const asked: string[] = [];
  const refused = new Set<string>();

  async function lacking(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    asked.push(request.method ?? "");
    if (refused.has(request.method ?? "")) {
      response.writeHead(403).end();
      return true;
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "HEAD" && pathname.replace(/\/$/, "") === `/${bucket}`) {
      response.writeHead(200).end();
      return true;
    }
    const uploadId = searchParams.get("uploadId");
    if (request.method === "DELETE" && uploadId && /^[0-9a-f]+$/.test(uploadId)) {
      await rm(join(uploads, uploadId), { recursive: true, force: true });
      response.writeHead(204).end();
      return true;
    }
    if (request.method !== "GET" || pathname !== `/${bucket}/`) return false;
    const list = searchParams.has("uploads") ? pageOfUploads : searchParams.has("list-type") ? pageOfObjects : null;
    if (!list) return false;
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(`<?xml version="1.0"?>${await list(searchParams)}`);
    return true;
  }

  async function pageOfObjects(asked: URLSearchParams): Promise<string> {
    const found = await store.listObjects(bucket, {
      prefix: asked.get("prefix") ?? "",
      startAfter: asked.get("continuation-token") ?? "",
      maxKeys: objectsOfPage,
    });
    const shown = found.objects.map(
      ({ key, lastModifiedDate }) =>
        `<Contents><Key>${key}</Key><LastModified>${lastModifiedDate.toISOString()}</LastModified></Contents>`,
    );
    const next = found.isTruncated ? `<NextContinuationToken>${found.objects.at(-1)?.key}</NextContinuationToken>` : "";
    return `<ListBucketResult><IsTruncated>${found.isTruncated}</IsTruncated>${next}${shown.join("")}</ListBucketResult>`;
  }

  async function pageOfUploads(asked: URLSearchParams): Promise<string> {
    const all = (await listUploads()).filter(({ key }) => key.startsWith(asked.get("prefix") ?? ""));
    const after = asked.get("upload-id-marker");
    const [one, ...more] = all.slice(all.findIndex(({ id }) => id === after) + 1);
    const shown = one
      ? `<Upload><Key>${one.key}</Key><UploadId>${one.id}</UploadId><Initiated>${one.begun.toISOString()}</Initiated></Upload>`
      : "";
    const next =
      one && more.length > 0
        ? `<NextKeyMarker>${one.key}</NextKeyMarker><NextUploadIdMarker>${one.id}</NextUploadIdMarker>`
        : "";
    return `<ListMultipartUploadsResult><IsTruncated>${more.length > 0}</IsTruncated>${next}${shown}</ListMultipartUploadsResult>`;
  }

  async function listUploads() {
    const ids = await readdir(uploads).catch(() => []);
    const all = ids.map(async (id) => ({
      id,
      key: (await readFile(join(uploads, id, "key"), "utf8")).trim(),
      begun: (await stat(join(uploads, id, "key"))).mtime,
    }));
    return (await Promise.all(all)).sort((a, b) => (a.key + a.id < b.key + b.id ? -1 : 1));
  }

  const server = createServer((request, response) => {
    lacking(request, response).then(
      (done) => done || listener(request, response),
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const objectFile = (key: string) => join(directory, bucket, `${key}._S3rver_object`);

  return {
    endpoint,
    bucket,
    /** A value of STORAGE_URL. */
    url: (prefix: string, name = bucket) => `s3://${name}/${prefix}?endpoint=${endpoint}&region=us-east-1`,
    objectFile,
    listUploads,
    /** The methods of all requests so far. */
    asked,
    /** Requests of these methods are refused. */
    refused,
    /** Makes an object, or an upload that isn't finished, as old as that. */
    age: (key: string, date: Date) => utimes(objectFile(key), date, date),
    ageUpload: (id: string, date: Date) => utimes(join(uploads, id, "key"), date, date),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
