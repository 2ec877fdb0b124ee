// More line icons, for the canvas and the instruments.

export const SIGNS = {
  bolt: "M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  copy: "M9 9h10v11H9zM5.5 15H5V4h10v1.5",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  play: "m8 5.5 11 6.5-11 6.5z",
  received: "M12 5v13m-5.5-5.5L12 18l5.5-5.5",
  sent: "M12 19V6m-5.5 5.5L12 6l5.5 5.5",
};
