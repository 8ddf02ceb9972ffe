//! The same loops as peer.py and ours.ts, over pep440_rs and pep508_rs. Prints nanoseconds per operation as JSON.
use pep440_rs::{Version, VersionSpecifiers};
use pep508_rs::{MarkerEnvironment, MarkerTree, Requirement, VerbatimUrl};
use std::{hint::black_box, str::FromStr, time::Instant};

/// Median of `rounds` runs of `run`, in nanoseconds per operation.
fn median(rounds: usize, operations: usize, mut run: impl FnMut()) -> f64 {
    for _ in 0..rounds / 4 {
        run();
    }
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_nanos() as f64 / operations as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}

fn texts(inputs: &serde_json::Value, key: &str) -> Vec<String> {
    inputs[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of the inputs");
    let inputs: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let rounds = inputs["rounds"].as_u64().unwrap() as usize;
    let versions = texts(&inputs, "versions");
    let specifiers = texts(&inputs, "specifiers");
    let requirements = texts(&inputs, "requirements");
    let markers = texts(&inputs, "markers");
    let parsed: Vec<Version> = versions.iter().map(|text| Version::from_str(text).unwrap()).collect();
    let sets: Vec<VersionSpecifiers> = specifiers.iter().map(|text| VersionSpecifiers::from_str(text).unwrap()).collect();
    let trees: Vec<MarkerTree> = markers.iter().map(|text| MarkerTree::from_str(text).unwrap()).collect();
    let environments: Vec<MarkerEnvironment> =
        inputs["environments"].as_array().unwrap().iter().map(|one| serde_json::from_value(one.clone()).unwrap()).collect();

    let parse = median(rounds, versions.len(), || {
        for text in &versions {
            black_box(Version::from_str(black_box(text)).unwrap());
        }
    });
    let compare = median(rounds, parsed.len() - 1, || {
        for pair in parsed.windows(2) {
            black_box(black_box(&pair[0]).cmp(black_box(&pair[1])));
        }
    });
    // References are sorted, as the others sort pointers.
    let sort = median(rounds, 1, || {
        let mut sorted: Vec<&Version> = parsed.iter().collect();
        sorted.sort();
        black_box(sorted);
    });
    let parse_specifiers = median(rounds, specifiers.len(), || {
        for text in &specifiers {
            black_box(VersionSpecifiers::from_str(black_box(text)).unwrap());
        }
    });
    let contains = median(rounds, parsed.len() * sets.len(), || {
        for set in &sets {
            for version in &parsed {
                black_box(set.contains(black_box(version)));
            }
        }
    });
    let requirement = median(rounds, requirements.len(), || {
        for text in &requirements {
            black_box(Requirement::<VerbatimUrl>::from_str(black_box(text)).unwrap());
        }
    });
    let evaluate = median(rounds, trees.len() * environments.len(), || {
        for tree in &trees {
            for environment in &environments {
                black_box(tree.evaluate(black_box(environment), &[]));
            }
        }
    });
    println!(
        "{}",
        serde_json::json!({
            "parse version": parse, "compare versions": compare, "sort 3,000 versions": sort,
            "parse specifiers": parse_specifiers, "contains": contains,
            "parse requirement": requirement, "evaluate marker": evaluate,
        })
    );
}
