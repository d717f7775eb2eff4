// Signs a URL for one PUT to S3 (Signature Version 4) in the browser: the key of the customer goes nowhere.
// @ts-check

const LONGEST_HOURS = 168;
/** As AWS names them. What stands in a link to this page may be anybody's: no name leads to another host. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z]{2}(-[a-z0-9]+)+$/;
const form = /** @type {HTMLFormElement} */ (document.getElementById("sign"));
const place = /** @type {HTMLElement} */ (document.getElementById("signed"));
const text = new TextEncoder();

/** @param {ArrayBuffer} bytes */
function hex(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {BufferSource} key
 * @param {string} message
 */
async function hmac(key, message) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, text.encode(message));
}

/**
 * RFC 3986, as AWS counts: what encodeURIComponent leaves and AWS does not is encoded too.
 * @param {string} value
 */
function encoded(value) {
  return encodeURIComponent(value).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * @param {{bucket: string, key: string, region: string, type: string, id: string, secret: string}} what
 * @param {number} seconds
 * @param {Date} now
 */
export async function presigned(what, seconds, now) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/${what.region}/s3/aws4_request`;
  const ending = what.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  // A name with a dot is no single label, for which alone the certificate of AWS is good.
  const dotted = what.bucket.includes(".");
  const host = `${dotted ? "" : `${what.bucket}.`}s3.${what.region}.${ending}`;
  const path = `/${dotted ? `${what.bucket}/` : ""}${what.key.split("/").map(encoded).join("/")}`;
  const query = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${what.id}/${scope}`],
    ["X-Amz-Date", stamp],
    ["X-Amz-Expires", String(seconds)],
    ["X-Amz-SignedHeaders", "content-type;host"],
  ]
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join("&");
  const headers = `content-type:${what.type}\nhost:${host}\n`;
  const request = `PUT\n${path}\n${query}\n${headers}\ncontent-type;host\nUNSIGNED-PAYLOAD`;
  const digest = hex(await crypto.subtle.digest("SHA-256", text.encode(request)));
  let key = await hmac(text.encode(`AWS4${what.secret}`), stamp.slice(0, 8));
  for (const part of [what.region, "s3", "aws4_request"]) key = await hmac(key, part);
  const signature = hex(await hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${digest}`));
  return `https://${host}${path}?${query}&X-Amz-Signature=${signature}`;
}

/** @param {string} written what is wrong */
function refuse(written) {
  const shown = document.createElement("p");
  shown.textContent = written;
  shown.className = "problem";
  place.replaceChildren(shown);
}

/**
 * A text to copy.
 * @param {string} label
 * @param {string} written
 */
function toCopy(label, written) {
  const shown = document.createElement("pre");
  shown.textContent = written;
  shown.tabIndex = 0;
  shown.setAttribute("role", "region");
  shown.setAttribute("aria-label", label);
  return shown;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  /** @param {string} name */
  const field = (name) => String(fields.get(name) ?? "").trim();
  const hours = Number(field("hours"));
  if (!(hours > 0 && hours <= LONGEST_HOURS)) {
    refuse(`AWS takes no URL that is good for more than ${LONGEST_HOURS} hours.`);
    return;
  }
  if (!globalThis.crypto?.subtle) {
    refuse("This browser signs on https pages and on this machine alone; use voxport s3 presign.");
    return;
  }
  const what = { bucket: field("bucket"), key: field("key"), region: field("region"), type: field("type") };
  if (!BUCKET.test(what.bucket) || !REGION.test(what.region)) {
    refuse("That is no name of a bucket, or of a region, as AWS has them.");
    return;
  }
  const url = await presigned({ ...what, id: field("id"), secret: field("secret") }, Math.round(hours * 3600), new Date());
  const asked = { publish: { callbacks: [{ url, method: "PUT" }] } };
  // A signed URL has no quote in it: what is no letter and no digit is encoded.
  const command = `curl -s -H "Authorization: Bearer $TOKEN" ${location.origin}/v3/media \\\n  -F media=@call.wav --form-string 'configuration=${JSON.stringify(asked)}'`;
  place.replaceChildren(
    toCopy("Signed callback", JSON.stringify(asked, null, 2)),
    toCopy("Command with the signed callback", command),
  );
});
