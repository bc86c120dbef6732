/** Said of a file whose way was cut. */
const connectionLost = "The connection was lost. Check it, then add the file again.";

/**
 * Sends a file as the body of a POST, which `fetch` can't report the progress of. Gives null, or the sentence that the server refused it
 * with. `headers` carry text as `encodeURIComponent` writes it.
 */
export function sendFile(
  url: string,
  file: File,
  headers: Record<string, string>,
  onProgress: (sentBytes: number) => void,
): Promise<string | null> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name.toWellFormed()));
    for (const [name, value] of Object.entries(headers))
      request.setRequestHeader(name, encodeURIComponent(value.toWellFormed()));
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => done(request.status === 201 ? null : request.responseText || connectionLost);
    request.onerror = () => done(connectionLost);
    request.send(file);
  });
}
