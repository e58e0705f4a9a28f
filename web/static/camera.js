// The camera at the door: offered where this browser reads a known picture, asked for once it is wanted. What it reads in
// a picture it tells the door ("seen"), which knows what that is worth.
"use strict";

(async () => {
  const door = document.getElementById("door");
  if (!door || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const words = JSON.parse(door.dataset.words), known = JSON.parse(door.dataset.known), picture = new Image();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const button = document.querySelector("#camera button"), video = document.getElementById("seen");
  let stream = null, last = "", since = 0;
  picture.src = known.picture;
  await picture.decode();
  if ((await detector.detect(picture))[0]?.rawValue !== known.words) return;
  document.getElementById("camera").hidden = false;
  button.addEventListener("click", async () => {
    if (stream) {
      stream.getTracks().forEach((each) => each.stop());
      stream = null;
    } else {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
      if (!stream) button.textContent = words.camera_no.other;
    }
    video.hidden = !stream;
    video.srcObject = stream;
    if (!stream) return;
    button.textContent = words.camera_off.other;
    await video.play();
    look();
  });

  async function look() {
    if (!stream) {
      button.textContent = words.camera.other;
      return;
    }
    for (const { rawValue } of await detector.detect(video).catch(() => [])) {
      if (rawValue === last && Date.now() - since < 5000) continue; // held before the camera a little long
      last = rawValue;
      since = Date.now();
      door.dispatchEvent(new CustomEvent("seen", { detail: rawValue }));
    }
    setTimeout(look, 200);
  }
})().catch(() => {});
