import { css } from 'lit'

/** The lane: kinds differ without colour too, as plain, upright and slanted stripes. */
export const laneStyles = css`
  .lane {
    padding: 12px 16px;
    border-top: 1px solid var(--_line);
  }
  .lane svg {
    display: block;
    overflow: visible;
    fill: currentColor;
  }
  .lane text,
  foreignObject > div {
    font-size: 0.8929em;
    font-weight: 600;
    white-space: nowrap;
  }
  foreignObject > div {
    --_stripe: color-mix(in srgb, var(--_control) 28%, transparent);
    container: period / inline-size;
    display: flex;
    align-items: center;
    height: 100%;
    margin-inline: 1px;
    padding-inline: 6px;
    overflow: hidden;
    border: 1px solid var(--_control);
    border-radius: 6px;
    color: var(--_front);
    background: var(--_tint);
  }
  .trial {
    background: repeating-linear-gradient(90deg, var(--_stripe) 0 4px, transparent 4px 9px) var(--_tint);
  }
  .grace {
    background: repeating-linear-gradient(135deg, var(--_stripe) 0 2.5px, transparent 2.5px 8px) var(--_tint);
  }
  foreignObject > .none {
    border-style: dashed;
    color: var(--_muted);
    background: none;
    font-weight: 400;
  }
  foreignObject span {
    padding-inline: 4px;
    overflow: hidden;
    border-radius: 4px;
    background: var(--_tint);
    text-overflow: ellipsis;
  }
  @container period (max-width: 5em) {
    foreignObject span {
      display: none;
    }
  }
  .lane p {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-top: 4px;
    font-variant-numeric: tabular-nums;
  }
  .lane > .bone {
    height: 32px;
    margin: 22px 0 calc(1.34em + 6px);
  }
  .lane:dir(rtl) :is(svg:not(.mark), text, foreignObject > div) {
    transform: scaleX(-1);
    transform-origin: center;
    transform-box: fill-box;
  }
`
