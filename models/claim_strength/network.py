"""The encoder as PyTorch trains it, and as ONNX Runtime reads it.

The network is all-MiniLM-L6-v2 (six BERT layers of 384) with a genre token in second place and a linear head over the
mean of the tokens and that token.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

GENRES = (
    "unknown", "abstract-conclusion", "abstract-main", "abstract-title", "news-main", "news-title",
    "press_release-main", "press_release-sentence", "press_release-title",
)  # fmt: skip
WIDTH, HEADS, LAYERS, STRENGTHS, POSITIONS = 384, 12, 6, 4, 128
DROPOUT = 0.1


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.attend_in, self.attend_out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.attend_norm, self.norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """`states` (batch, tokens, width), `mask` (batch, 1, 1, tokens), True where there is a token, None for all."""
        batch, tokens, _ = states.shape
        heads = self.attend_in(states).view(batch, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1], heads[2]
        if mask is None:  # for export: plain operators, which ONNX Runtime fuses
            seen = (query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5).softmax(-1) @ value
        else:
            rate = DROPOUT if self.training else 0.0
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate)
        seen = seen.transpose(1, 2).reshape(batch, tokens, WIDTH)
        states = self.attend_norm(states + self.dropout(self.attend_out(seen)))
        return self.norm(states + self.dropout(self.down(functional.gelu(self.up(states)))))


class Encoder(nn.Module):
    """Word-piece ids → a logit for each strength. Word vectors stay as they were pre-trained."""

    def __init__(self, base: Path, kept: list[int], seed: int) -> None:
        """`base` holds the safetensors of all-MiniLM-L6-v2; `kept` are the rows of its vocabulary to keep.

        The genres' vectors follow the kept rows, so a genre is a word piece like another.
        """
        super().__init__()
        torch.manual_seed(seed)
        weights = load_file(base)
        words = weights["embeddings.word_embeddings.weight"]
        start = words[101] + torch.randn(len(GENRES), WIDTH) * 0.02  # 101 is [CLS]
        self.words = nn.Parameter(words[kept], requires_grad=False)
        self.genres = nn.Parameter(start)
        token_type = weights["embeddings.token_type_embeddings.weight"][0]
        self.positions = nn.Parameter(weights["embeddings.position_embeddings.weight"][:POSITIONS] + token_type)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, STRENGTHS)
        self.dropout = nn.Dropout(DROPOUT)
        self.load_state_dict(_renamed(weights), strict=False)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """`ids` (batch, tokens), `mask` of the same shape, True where there is a token → (batch, 4)."""
        genre = self.genres[ids[:, 1] - len(self.words)][:, None]
        vectors = [functional.embedding(ids[:, :1], self.words), genre, functional.embedding(ids[:, 2:], self.words)]
        return self.read(torch.cat(vectors, 1), mask)

    def read(self, vectors: Tensor, mask: Tensor | None) -> Tensor:
        """Word vectors (batch, tokens, width) → logits."""
        states = self.dropout(self.norm(vectors + self.positions[: vectors.shape[1]]))
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, wide)
        if mask is None:
            mean = states.mean(1)
        else:
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(self.dropout(torch.cat([mean, states[:, 1]], 1)))

    def depths(self) -> list[list[nn.Parameter]]:
        """The trained parameters from the head down to the positions, one list a depth."""
        layers = [list(layer.parameters()) for layer in reversed(self.layers)]
        top = [*self.head.parameters(), self.genres]
        return [top, *layers, [self.positions, *self.norm.parameters()]]


class Shipped(nn.Module):
    """The encoder for export: one sentence at a time, word vectors in eight bits with a scale a row, probabilities."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        table = torch.cat([encoder.words, encoder.genres]).detach()
        scale = table.abs().amax(1, keepdim=True) / 127
        self.encoder = encoder
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """`ids` (1, tokens) → probabilities (1, 4)."""
        return self.encoder.read(self.table[ids].float() * self.scale[ids], None).softmax(-1)


def export(encoder: Encoder, path: Path) -> None:
    """Write the encoder as an int8 ONNX file."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".float.onnx")
    example = (torch.arange(8)[None],)
    axes = {"ids": {1: "tokens"}}
    shipped = Shipped(encoder).eval()
    torch.onnx.export(
        shipped, example, whole, input_names=["ids"], output_names=["probabilities"], dynamic_axes=axes, dynamo=False
    )
    # Weights without a sign: with one, AVX2 without VNNI adds pairs of products in sixteen bits, which can overflow.
    quantize_dynamic(whole, path, weight_type=QuantType.QUInt8, per_channel=True, op_types_to_quantize=["MatMul"])
    whole.unlink()


def probabilities(encoder: Encoder, sentences: list[list[int]], batch: int = 64) -> np.ndarray:
    """The probabilities (sentences, 4) of encoded sentences."""
    encoder.eval()
    found = np.zeros((len(sentences), STRENGTHS))
    order = sorted(range(len(sentences)), key=lambda row: len(sentences[row]))
    with torch.no_grad():
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            found[rows] = encoder(*padded([sentences[row] for row in rows])).softmax(-1).numpy()
    return found


def padded(sentences: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Ids and mask of sentences of unequal length."""
    lengths = torch.tensor([len(sentence) for sentence in sentences])
    ids = torch.zeros(len(sentences), int(lengths.max()), dtype=torch.long)
    for row, sentence in enumerate(sentences):
        ids[row, : len(sentence)] = torch.tensor(sentence)
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]


def _renamed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The base's weights under the names used here."""
    names = {
        "attend_out": "attention.output.dense", "attend_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    found: dict[str, Tensor] = {}
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}."
            for name, theirs in names.items():
                found[f"layers.{number}.{name}.{part}"] = weights[f"{layer}{theirs}.{part}"]
            attention = [weights[f"{layer}attention.self.{kind}.{part}"] for kind in ("query", "key", "value")]
            found[f"layers.{number}.attend_in.{part}"] = torch.cat(attention)
    return found
