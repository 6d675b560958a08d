/** A little drawing, as a shopper would send a photo. Base64 of a PNG. */
export function samplePicture() {
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 320;
  const pen = canvas.getContext('2d');
  const sky = pen.createLinearGradient(0, 0, 0, 320);
  sky.addColorStop(0, '#ffb88c');
  sky.addColorStop(0.6, '#de6262');
  sky.addColorStop(1, '#5b2a68');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 480, 320);
  pen.fillStyle = '#fff3c4';
  pen.beginPath();
  pen.arc(350, 110, 34, 0, Math.PI * 2);
  pen.fill();
  mountains(pen, '#7b3f7a', [0, 230, 90, 130, 170, 210, 260, 95, 370, 220, 480, 160]);
  mountains(pen, '#3a1f4d', [0, 270, 120, 200, 210, 260, 310, 190, 400, 265, 480, 225]);
  return canvas.toDataURL('image/png').split(',')[1];
}

function mountains(pen, colour, points) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(0, 320);
  for (let index = 0; index < points.length; index += 2) {
    pen.lineTo(points[index], points[index + 1]);
  }
  pen.lineTo(480, 320);
  pen.fill();
}

export async function fileAsBase64(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
